using System.Diagnostics;
using System.Globalization;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Ice;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>A whole call in a process that may not have the ring, as in many containers; and, to compare, in one that may.</summary>
public class ForbiddenRingTests
{
    private const uint NotPermitted = 1, NoSuchCall = 38;

    [Theory]
    [InlineData(ForbiddenCalls.SetUpRing, NotPermitted, Program.AtOnce)]
    [InlineData(ForbiddenCalls.SetUpRing, NoSuchCall, Program.AtOnce)]
    [InlineData(ForbiddenCalls.EnterRing, NotPermitted, Program.Together)]
    [InlineData(0, 0, Program.Together)]
    public async Task Each_hears_and_sees_the_other(uint call, uint error, string sends)
    {
        if (!IsThere())
            return;
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(Program).Assembly.Location, Number(call), Number(error)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(2 * EngineCall.Patience);
            var lines = (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (lines is [Program.NoFilters])
                return;
            lines.Should().Equal([sends, Program.Heard], await complained);
            process.ExitCode.Should().Be(0);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsThere()
    {
        using var ring = SubmissionRing.TryCreate(DatagramBatch.Most);
        return ring is not null;
    }

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
