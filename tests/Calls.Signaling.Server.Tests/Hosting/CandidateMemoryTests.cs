using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Signaling.Server.Tests;

public sealed class CandidateMemoryTests
{
    private const int Rounds = 1_000;
    private static readonly Party Alice = new("alice", "a1", "Alice");
    private static readonly Party Bob = new("bob", "b1", "Bob");

    /// <summary>Ten a second: what is kept, and grows no more, is what came within the resume window.</summary>
    [Fact]
    public async Task A_candidate_in_an_answered_call_is_passed_on_without_memory()
    {
        var time = new FakeTimeProvider();
        await using var server = Server(time);
        var services = server.Services;
        var intake = services.GetRequiredService<MessageIntake>();
        using var alice = await ConnectAsync(services, Alice);
        using var bob = await ConnectAsync(services, Bob);
        await TakeAsync(intake, alice, """{"type":"call:initiate","callId":"call-1","seq":1,"chatId":"bob","video":false,"sdp":"offer"}""");
        await TakeAsync(intake, bob, """{"type":"call:answer","callId":"call-1","seq":1,"sdp":"answer"}""");
        Pass(intake, alice, time, from: 2, Rounds);
        var (written, allocated) = (bob.Written, Pass(intake, alice, time, from: 2 + Rounds, Rounds));

        (bob.Written - written).Should().Be(Rounds);
        allocated.Should().Be(0);
    }

    private static long Pass(MessageIntake intake, SilentConnection sender, FakeTimeProvider time, int from, int count)
    {
        var texts = Enumerable.Range(from, count).Select(seq => Encoding.UTF8.GetBytes(
            $$"""{"type":"call:ice-candidate","callId":"call-1","seq":{{seq}},"candidates":[{"candidate":"candidate:1 1 udp 1 192.0.2.1 5000 typ host","sdpMid":"0"}]}""")).ToArray();
        var allocated = 0L;
        foreach (var text in texts)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var taken = intake.TakeAsync(sender, text, CancellationToken.None);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            taken.IsCompletedSuccessfully.Should().BeTrue();
        }

        return allocated;
    }

    private static async Task<SilentConnection> ConnectAsync(IServiceProvider services, Party party)
    {
        var connection = new SilentConnection(party, services.GetRequiredService<ConnectionTerms>());
        await services.GetRequiredService<ICallRouter>().ConnectAsync(connection, CancellationToken.None);
        return connection;
    }

    private static async Task TakeAsync(MessageIntake intake, SilentConnection sender, string text)
        => await intake.TakeAsync(sender, Encoding.UTF8.GetBytes(text), CancellationToken.None);

    private static WebApplication Server(FakeTimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(time).AddCallSignaling(options =>
        {
            options.ResumeWindow = TimeSpan.FromSeconds(5);
            (options.Limits.MaxCandidatesPerCall, options.Limits.MaxKeptMessages) = (4_096, 4_160);
        });
        return builder.Build();
    }
}
