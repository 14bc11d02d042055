using Calls.Browser.Tests.Harness;
using Calls.Media.WebRtc;
using Calls.Sample.Console.Commands;
using Calls.Sample.Console.Sound;

namespace Calls.Sample.Console.Tests;

public sealed class CallAndAnswerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calls-console").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_consoles_talk_through_the_web_samples_server_and_record_each_other()
    {
        await using var server = await SampleServer.StartAsync();
        var (low, high) = (Tone("low.wav", 440), Tone("high.wav", 880));
        using Terminal caller = new(), answerer = new();

        var answer = ConsoleApp.RunAsync(
            ["answer", "--server", $"{server.Address}", "--user", "bob", "--audio", high, "--record", At("heard-by-bob.wav"), "--seconds", "30"], answerer);
        await answerer.Shows("idle");
        var call = await ConsoleApp.RunAsync(["call", "bob", "--server", $"{server.Address}", "--user", "alice", "--audio", low, "--record", At("heard-by-alice.wav"), "--seconds", "2"], caller);

        call.Should().Be(0, caller.Output);
        (await answer).Should().Be(0, answerer.Output);
        answerer.Output.Should().Contain("the other side hung up");
        Frequency("heard-by-bob.wav").Should().BeApproximately(440, 25);
        Frequency("heard-by-alice.wav").Should().BeApproximately(880, 45);
    }

    [Fact]
    public async Task Who_is_not_there_does_not_answer()
    {
        await using var server = await SampleServer.StartAsync("--Signaling:RingTimeout=00:00:01");
        using Terminal console = new();
        (await ConsoleApp.RunAsync(["call", "nobody", "--server", $"{server.Address}", "--user", "alice"], console)).Should().Be(1);
        console.Output.Should().Contain("no answer");
    }

    [Fact]
    public async Task A_file_that_cannot_be_played_ends_the_command_at_once()
    {
        using Terminal console = new();
        var text = At("text.wav");
        await File.WriteAllTextAsync(text, "This is no sound.");
        (await ConsoleApp.RunAsync(["call", "bob", "--audio", text], console)).Should().Be(1);
        console.Output.Should().Contain("no WAV file");
        (await ConsoleApp.RunAsync(["call", "bob", "--audio", At("missing.wav")], console)).Should().Be(1);
        (await ConsoleApp.RunAsync(["call", "bob", "--record", At("no-folder/out.wav")], console)).Should().Be(1);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Tone(string name, double frequency)
    {
        using ToneInput tone = new(frequency);
        using WavWriter file = new(At(name));
        var frame = new short[AudioFrame.Samples];
        for (var i = 0; i < 500; i++)
        {
            tone.Read(frame);
            file.Write(frame);
        }

        return At(name);
    }

    private double Frequency(string name)
    {
        using WavReader file = new(At(name));
        using ToneMeter meter = new();
        var frame = new short[AudioFrame.Samples];
        while (file.Read(frame) == frame.Length)
            meter.Write(frame);
        return meter.Frequency;
    }
}
