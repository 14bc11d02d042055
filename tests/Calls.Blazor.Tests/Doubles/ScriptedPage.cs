using System.Collections.Concurrent;
using System.Text.Json;
using Calls.Blazor.Interop;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Doubles;

/// <summary>A page as C# sees it: modules, and the objects that their functions return. Writes down every call, answers as it is told.</summary>
internal sealed class ScriptedPage : IJSRuntime
{
    private readonly ConcurrentDictionary<string, Func<object?[], CancellationToken, Task<object?>>> _answers = new();
    private readonly Lock _gate = new();
    private readonly List<PageCall> _calls = [];

    /// <summary>Set to break every call from now on.</summary>
    public Exception? Broken { get; set; }

    public IReadOnlyList<PageCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public IEnumerable<string> Functions => Calls.Select(call => call.Function);

    /// <summary>What the media module hands its events to; null until the module made an engine.</summary>
    public EngineEvents? Sink => Calls.LastOrDefault(call => call.Function == "createEngine")?.Arguments[0] is DotNetObjectReference<EngineEvents> sink
        ? sink.Value
        : null;

    public IEnumerable<PageCall> To(string function) => Calls.Where(call => call.Function == function);

    /// <summary>Makes an engine function succeed.</summary>
    public void Answers(string function, object? value) => Does(function, _ => Task.FromResult<object?>(Value(value)));

    /// <summary>Makes an engine function fail as the browser's exception of that name.</summary>
    public void Fails(string function, string name)
        => Does(function, _ => Task.FromResult<object?>(Json(new { error = new { name, message = "as scripted" } })));

    /// <summary>Makes an engine function throw in C#.</summary>
    public void Throws(string function, Exception exception) => Does(function, _ => Task.FromException<object?>(exception));

    /// <summary>Makes a function answer in its own time.</summary>
    public void Does(string function, Func<object?[], Task<object?>> act) => _answers[function] = (arguments, _) => act(arguments);

    /// <summary>Raises events as the module does: in one batch.</summary>
    public void Raise(int id, params object[] events)
        => Sink!.OnEvents(Json(events.Select(item => new { id, @event = item }).ToArray()));

    /// <summary>An object of the page, as a function that is named <paramref name="name"/> would return it.</summary>
    public IJSObjectReference NewReference(string name) => new Reference(this, name);

    public static JsonElement Value(object? value) => Json(new { value });

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        => RunAsync<TValue>(identifier, args ?? [], cancellationToken);

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    private async ValueTask<TValue> RunAsync<TValue>(string function, object?[] arguments, CancellationToken cancellationToken)
    {
        lock (_gate)
            _calls.Add(new PageCall(function, arguments, cancellationToken.CanBeCanceled));
        if (Broken is { } broken)
            throw broken;
        object? result;
        if (_answers.TryGetValue(function, out var answer))
            result = await answer(arguments, cancellationToken).WaitAsync(cancellationToken);
        else
            result = typeof(TValue) == typeof(IJSObjectReference) ? NewReference(function)
                : typeof(TValue) == typeof(JsonElement) ? Value(null) : default(TValue);
        return (TValue)result!;
    }

    private sealed class Reference(ScriptedPage page, string name) : IJSObjectReference
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => page.InvokeAsync<TValue>(identifier, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
            => page.InvokeAsync<TValue>(identifier, cancellationToken, args);

        public async ValueTask DisposeAsync() => await page.RunAsync<object?>("release " + name, [], CancellationToken.None);
    }
}

/// <summary>One call into the page.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="HasToken">Whether it was made with a token, so that the runtime's own time limit does not apply.</param>
internal sealed record PageCall(string Function, object?[] Arguments, bool HasToken);
