using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Calls.Browser.Tests.Harness;

/// <summary>The real sample, as a process of its own on a free port of 127.0.0.1.</summary>
public sealed class SampleServer : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SampleServer(string assembly, IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(assembly) };
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var argument in settings.Prepend("--urls=http://127.0.0.1:0").Prepend(assembly))
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The sample ended: " + Output));
    }

    /// <summary>Where it listens, with a slash at its end.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>Everything that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts the sample.</summary>
    /// <param name="settings">As on its command line: <c>--Signaling:RingTimeout=00:00:02</c>.</param>
    public static async Task<SampleServer> StartAsync(params string[] settings)
    {
        var server = new SampleServer(Assembly(), settings);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await server._address.Task.WaitAsync(StartTime);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // The built sample, or, for figures, a published one.
    private static string Assembly()
    {
        var published = Environment.GetEnvironmentVariable("CALLS_SAMPLE_DIRECTORY");
        var configuration = typeof(SampleServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Configuration").Value!;
        var directory = published ?? Path.Combine(Repository.Root, "samples", "Calls.Sample.Web", "bin", configuration, "net10.0");
        return Path.Combine(directory, "Calls.Sample.Web.dll");
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Replace("[::]", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/') + "/"));
    }
}
