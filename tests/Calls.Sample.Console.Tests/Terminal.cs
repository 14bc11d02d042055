using System.Threading.Channels;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Calls.Sample.Console.Tests;

/// <summary>A terminal that a test reads and types into while a command runs.</summary>
internal sealed class Terminal : IAnsiConsole, IAnsiConsoleInput, IDisposable
{
    private readonly TestConsole _console = new();
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly Lock _gate = new();

    public Terminal(bool interactive = false)
    {
        _console.Profile.Width = 200;
        _console.Profile.Height = 40;
        _console.Profile.Capabilities.Interactive = interactive;
    }

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    /// <summary>All that was written so far.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
                return _console.Output;
        }
    }

    public void Clear(bool home)
    {
        lock (_gate)
            _console.Clear(home);
    }

    public void Write(IRenderable renderable)
    {
        lock (_gate)
            _console.Write(renderable);
    }

    public void WriteAnsi(Action<AnsiWriter> action)
    {
        lock (_gate)
            _console.WriteAnsi(action);
    }

    /// <summary>Presses a key.</summary>
    public void Press(ConsoleKey key) => _keys.Writer.TryWrite(new ConsoleKeyInfo('\0', key, false, false, false));

    /// <summary>Waits until the text was written.</summary>
    public async Task Shows(string text)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"'{text}' was not shown, but: {Output[^Math.Min(Output.Length, 2_000)..]}");
            await timer.WaitForNextTickAsync();
        }
    }

    public bool IsKeyAvailable() => _keys.Reader.TryPeek(out _);

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.Reader.TryRead(out var key) ? key : null;

    public async Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => await _keys.Reader.ReadAsync(cancellationToken);

    public void Dispose() => _console.Dispose();
}
