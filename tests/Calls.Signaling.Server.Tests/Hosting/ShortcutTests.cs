using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Signaling.Server.Tests;

/// <summary>What a connection remembers, so that no table is looked into for each candidate, is never older than the tables.</summary>
public sealed class ShortcutTests : IAsyncDisposable
{
    private static readonly Party Alice = new("alice", "a1", "Alice");
    private static readonly Party Bob = new("bob", "b1", "Bob");
    private readonly FakeTimeProvider _time = new();
    private readonly WebApplication _server;

    public ShortcutTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(_time).AddCallSignaling(options => options.ResumeWindow = TimeSpan.FromSeconds(5));
        _server = builder.Build();
    }

    [Fact]
    public async Task Candidates_go_to_the_connection_that_the_device_has_now()
    {
        using var alice = await ConnectAsync(Alice);
        using var first = await ConnectAsync(Bob);
        await CallAsync(alice, first);
        await SayAsync(alice, Candidate(2));
        first.Written.Should().Be(1);

        using var second = await ConnectAsync(Bob);
        await SayAsync(second, """{"type":"call:resume","calls":[{"callId":"call-1","received":2}]}""");
        await SayAsync(alice, Candidate(3));

        (first.Written, second.Written).Should().Be((1, 1));
        second.Last.Should().Contain("\"seq\":3,");
    }

    [Fact]
    public async Task Candidates_for_a_device_that_went_wait_until_it_is_back()
    {
        using var alice = await ConnectAsync(Alice);
        using var first = await ConnectAsync(Bob);
        await CallAsync(alice, first);
        await SayAsync(alice, Candidate(2));
        _server.Services.GetRequiredService<ICallRouter>().Disconnect(first);

        await SayAsync(alice, Candidate(3));

        first.Written.Should().Be(1);
    }

    [Fact]
    public async Task A_connection_lets_go_of_a_call_that_is_no_more_and_passes_the_next_one_with_its_name()
    {
        using var alice = await ConnectAsync(Alice);
        using var bob = await ConnectAsync(Bob);
        await CallAsync(alice, bob);
        await SayAsync(alice, Candidate(2));
        alice.Call.Should().NotBeNull();
        await SayAsync(alice, """{"type":"call:end","callId":"call-1","seq":3,"reason":"hangup"}""");
        _time.Advance(TimeSpan.FromSeconds(5));

        alice.Call.Should().BeNull();
        await CallAsync(alice, bob);
        await SayAsync(alice, Candidate(2));
        bob.Written.Should().Be(2);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Candidate(int seq)
        => $$"""{"type":"call:ice-candidate","callId":"call-1","seq":{{seq}},"candidates":[{"candidate":"candidate:1 1 udp 1 192.0.2.1 5000 typ host","sdpMid":"0"}]}""";

    private async Task CallAsync(SilentConnection caller, SilentConnection callee)
    {
        await SayAsync(caller, """{"type":"call:initiate","callId":"call-1","seq":1,"chatId":"bob","video":false,"sdp":"offer"}""");
        await SayAsync(callee, """{"type":"call:answer","callId":"call-1","seq":1,"sdp":"answer"}""");
    }

    private async Task SayAsync(SilentConnection sender, string text)
        => await _server.Services.GetRequiredService<MessageIntake>().TakeAsync(sender, Encoding.UTF8.GetBytes(text), CancellationToken.None);

    private async Task<SilentConnection> ConnectAsync(Party party)
    {
        var connection = new SilentConnection(party, _server.Services.GetRequiredService<ConnectionTerms>()) { Remembers = true };
        await _server.Services.GetRequiredService<ICallRouter>().ConnectAsync(connection, CancellationToken.None);
        return connection;
    }
}
