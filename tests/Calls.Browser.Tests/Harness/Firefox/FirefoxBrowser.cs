using System.Diagnostics;
using System.Text.Json;

namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>The stock Firefox of the machine, with a profile of its own.</summary>
internal sealed class FirefoxBrowser : IAsyncDisposable
{
    private const string Listening = "WebDriver BiDi listening on ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    // Fake devices, given without a question. Nobody here resolves names of the local network (mDNS), which Firefox shows for addresses. Chromium offers the loopback here, and nothing else where
    // that connects before the other is gathered; Firefox sends nothing to it unless told to.
    private static readonly Dictionary<string, object> Preferences = new()
    {
        ["media.navigator.streams.fake"] = true,
        ["media.navigator.permission.disabled"] = true,
        ["media.autoplay.default"] = 0,
        ["media.peerconnection.ice.obfuscate_host_addresses"] = false,
        ["media.peerconnection.ice.loopback"] = true,
    };

    private readonly Process _process;
    private readonly DirectoryInfo _profile;

    private FirefoxBrowser(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>The connection that drives it.</summary>
    public BiDi Driver { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="preferences">As in about:config, in place of those for willing devices.</param>
    public static async Task<FirefoxBrowser> StartAsync(params (string Name, object Value)[] preferences)
    {
        var profile = Directory.CreateTempSubdirectory("calls-firefox-");
        var all = new Dictionary<string, object>(Preferences);
        foreach (var (name, value) in preferences)
            all[name] = value;
        await File.WriteAllLinesAsync(
            Path.Combine(profile.FullName, "user.js"), all.Select(one => $"user_pref(\"{one.Key}\", {JsonSerializer.Serialize(one.Value)});"));

        var start = new ProcessStartInfo("firefox-esr") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--headless", "--no-remote", "--profile", profile.FullName, "--remote-debugging-port", "0" })
            start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].TrimEnd('/') + "/"));
        };
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("Firefox ended."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var browser = new FirefoxBrowser(process, profile);
        try
        {
            browser.Driver = await BiDi.ConnectAsync(await address.Task.WaitAsync(StartTime));
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Driver is not null)
            await Driver.DisposeAsync();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }
}
