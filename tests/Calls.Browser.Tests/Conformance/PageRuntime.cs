using System.Reflection;
using System.Text.Json;
using Microsoft.JSInterop;

namespace Calls.Browser.Tests.Conformance;

/// <summary>A page as the JavaScript runtime of C# that runs in the test: what Blazor does between the two, Playwright does here.</summary>
internal sealed class PageRuntime(IPage page) : IJSRuntime
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private object? _sink;

    public Task StartAsync() => page.ExposeFunctionAsync<string, string?>("callDotNet", call =>
    {
        using var parsed = JsonDocument.Parse(call);
        CallSink(parsed.RootElement[0].GetString()!, parsed.RootElement[1].Clone());
        return null;
    });

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        => new(CallAsync<TValue>(0, identifier, args).WaitAsync(cancellationToken));

    private async Task<TValue> CallAsync<TValue>(int target, string name, object?[]? args)
    {
        var keeps = typeof(TValue) == typeof(IJSObjectReference);
        try
        {
            var reply = await page.EvaluateAsync<string>("([id, name, args, keeps]) => window.bridge.call(id, name, args, keeps)",
                new object[] { target, name, JsonSerializer.Serialize((args ?? []).Select(Given), Web), keeps });
            return keeps
                ? (TValue)(object)new PageObject(this, int.Parse(reply, System.Globalization.CultureInfo.InvariantCulture))
                : JsonSerializer.Deserialize<TValue>(reply, Web)!;
        }
        catch (PlaywrightException exception)
        {
            throw new JSException(exception.Message, exception);
        }
    }

    private object? Given(object? argument)
    {
        if (argument?.GetType() is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(DotNetObjectReference<>))
            return argument;
        _sink = type.GetProperty(nameof(DotNetObjectReference<object>.Value))!.GetValue(argument);
        return new Dictionary<string, int> { ["__sink"] = 1 };
    }

    private void CallSink(string name, JsonElement argument)
        => _sink!.GetType().GetMethods().Single(method => method.Name == name && method.GetCustomAttribute<JSInvokableAttribute>() is not null)
            .Invoke(_sink, [argument]);

    private sealed class PageObject(PageRuntime runtime, int number) : IJSObjectReference
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
            => new(runtime.CallAsync<TValue>(number, identifier, args).WaitAsync(cancellationToken));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
