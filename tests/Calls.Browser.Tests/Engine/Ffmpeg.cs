using System.Diagnostics;

namespace Calls.Browser.Tests.Engine;

/// <summary>The system's ffmpeg: makes a clip to show, and judges one that was recorded.</summary>
internal static class Ffmpeg
{
    /// <summary>Makes an IVF file of four seconds: 320×240, 25 pictures a second, a key frame in each second.</summary>
    public static async Task MakeClipAsync(string path)
        => await RunAsync("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "4", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "400k", "-g", "25", "-y", path);

    /// <summary>How many pictures of a file can be decoded; one that cannot fails the test.</summary>
    public static async Task<int> DecodeAsync(string path)
    {
        var lines = await RunAsync("-xerror", "-i", path, "-fps_mode", "passthrough", "-f", "framemd5", "-");
        return lines.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-nostdin", "-hide_banner", "-v", "error", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        (await complaints).Should().BeEmpty();
        process.ExitCode.Should().Be(0);
        return await output;
    }
}
