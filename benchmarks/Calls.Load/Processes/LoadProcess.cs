using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Calls.Load;

/// <summary>This tool again, in a process of its own: what it says, and how much processor it took.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    public const string Ready = "ready";
    public const string Begin = "begin";
    public const string End = "end";

    /// <summary>How many seconds a server is driven before it is measured: until the runtime has compiled what is used most.</summary>
    public const int WarmUp = 15;

    private const double TicksPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly string _name;

    private LoadProcess(string name, string file, IEnumerable<string> arguments)
    {
        _name = name;
        _process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true } };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _lines.Writer.TryComplete();
            else
                _lines.Writer.TryWrite(line.Data);
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>The processor time so far, in seconds, as the kernel counts it.</summary>
    public double CpuSeconds
    {
        get
        {
            // Fields 14 and 15; the name before them may hold blanks.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Read(fields[11]) + Read(fields[12])) / TicksPerSecond;
        }
    }

    /// <summary>Where a server listens.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<LoadProcess> RedisAsync(string directory, int port)
    {
        LoadProcess redis;
        try
        {
            redis = new LoadProcess(
                "redis-server", "redis-server",
                ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "yes"]);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("redis-server is not installed.", missing);
        }

        while (!(await redis.LineAsync()).Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        return redis;
    }

    public static Task<LoadProcess> ServeAsync(string kind, params string[] arguments)
        => AddressedAsync(new LoadProcess(ServerName(kind), Environment.ProcessPath!, ["serve", kind, .. arguments]));

    /// <summary>The same behind all others, as <see cref="DriveBehind"/>.</summary>
    public static Task<LoadProcess> ServeBehindAsync(string kind) => AddressedAsync(Behind(ServerName(kind), ["serve", kind]));

    public static LoadProcess Drive(string load, int size, params IEnumerable<LoadProcess> servers) => Drive(load, size, WarmUp, servers);

    /// <param name="load">Which.</param>
    /// <param name="size">How many connections, or pairs of them.</param>
    /// <param name="warmUp">How many seconds it runs before it is measured.</param>
    /// <param name="servers">Where.</param>
    public static LoadProcess Drive(string load, int size, int warmUp, IEnumerable<LoadProcess> servers)
        => new(GeneratorName(load), Environment.ProcessPath!, DriveArguments(load, size, warmUp, servers));

    /// <summary>The same in the kernel's idle class: it runs where no other process wants to, and gives way in the moment one does. The lowest priority does not: who has it keeps
    /// the processor until its slice is over.</summary>
    public static LoadProcess DriveBehind(string load, int size, params IEnumerable<LoadProcess> servers)
        => Behind(GeneratorName(load), DriveArguments(load, size, WarmUp, servers));

    /// <summary>The next line; what is no name=value, ready, begin or end is no line of ours.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or said nothing for too long.</exception>
    public async Task<string> LineAsync()
    {
        try
        {
            return await _lines.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is ChannelClosedException or TimeoutException)
        {
            throw new InvalidOperationException($"{_name} {(_process.HasExited ? $"ended with code {_process.ExitCode}" : "said nothing for 120 s")}.", exception);
        }
    }

    /// <summary>Waits until it says that its load has begun.</summary>
    public async Task UntilBeginAsync()
    {
        while (await LineAsync() != Begin)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static LoadProcess Behind(string name, IEnumerable<string> arguments)
    {
        try
        {
            return new(name, "chrt", ["--idle", "0", Environment.ProcessPath!, .. arguments]);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("chrt (util-linux) is not installed.", missing);
        }
    }

    private static async Task<LoadProcess> AddressedAsync(LoadProcess server)
    {
        var ready = await server.LineAsync();
        server.Address = new Uri(ready.Split(' ')[1]);
        return server;
    }

    private static string ServerName(string kind) => $"the server '{kind}'";

    private static string GeneratorName(string load) => $"the generator of '{load}'";

    private static IEnumerable<string> DriveArguments(string load, int size, int warmUp, IEnumerable<LoadProcess> servers)
        => ["drive", load, size.ToString(CultureInfo.InvariantCulture), warmUp.ToString(CultureInfo.InvariantCulture), .. servers.Select(server => server.Address.ToString())];

    private static double Read(string ticks) => double.Parse(ticks, CultureInfo.InvariantCulture);
}
