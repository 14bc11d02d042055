using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.Server.Tests;

public sealed class DirectoryTests
{
    private static readonly CallId Id = CallId.Parse("call-1");

    private static InitiateMessage Initiate(string chatId) => new() { CallId = Id, Seq = 1, ChatId = chatId, Sdp = "offer" };

    [Fact]
    public async Task X10_absent_unknown_and_blocking_users_look_the_same_to_the_caller()
    {
        List<string> courses = [];
        foreach (var target in new[] { "absent", "unknown", "blocking", "blocking-and-online" })
        {
            await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.UseDirectory<People>());
            using var online = await server.ConnectAsync("blocking-and-online", "d1");
            using var alice = await server.ConnectAsync("alice", "a1");
            List<string> course = [];
            await alice.SendAsync(Initiate(target));
            await alice.SendAsync(new CandidatesMessage { CallId = Id, Seq = 2, Candidates = [new IceCandidate("x")] });
            foreach (var seconds in new[] { 0, 44, 2, 10, 30 })
            {
                server.Time.Advance(TimeSpan.FromSeconds(seconds));
                course.Add($"{seconds}: {string.Join(", ", await alice.DrainAsync())}");
            }

            courses.Add(string.Join("; ", course));
            (await online.DrainAsync()).Should().BeEmpty();
        }

        courses.Distinct().Should().ContainSingle().Which.Should().Contain(nameof(NoAnswerMessage));
    }

    [Fact]
    public async Task Calling_oneself_is_rejected()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var tablet = await server.ConnectAsync("alice", "a2");
        await alice.SendAsync(Initiate("alice"));
        (await alice.NextAsync<RejectedMessage>()).Should().Be(new RejectedMessage { CallId = Id, Seq = 1, Reason = RejectReasons.NotAllowed });
        (await tablet.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_group_rings_all_its_members_each_with_the_chat_as_he_names_it_and_the_first_answer_wins()
    {
        await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.UseDirectory<People>());
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        using var carol = await server.ConnectAsync("carol", "c1");
        await alice.SendAsync(Initiate("team"));
        (await bob.NextAsync<OfferMessage>()).ChatId.Should().Be("bobs-team");
        (await carol.NextAsync<OfferMessage>()).ChatId.Should().Be("carols-team");
        await carol.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
        (await alice.NextAsync<AnswerMessage>()).From!.UserId.Should().Be("carol");
        (await bob.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.AnsweredElsewhere);
    }

    [Fact]
    public async Task A_directory_that_fails_makes_the_callee_unavailable_and_the_connection_lives()
    {
        await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.UseDirectory<People>());
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendAsync(Initiate("broken"));
        (await alice.NextAsync<RejectedMessage>()).Should().Be(new RejectedMessage { CallId = Id, Seq = 1, Reason = RejectReasons.Unavailable });
        (await alice.DrainAsync()).Should().BeEmpty();
        server.Calls.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_callee_without_a_device_is_notified_once_and_rings_when_he_connects()
    {
        var notifier = new Notifier();
        await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.Services.AddSingleton<ICallNotifier>(notifier));
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendAsync(Initiate("bob"));

        var notification = await notifier.Next.Task.WaitAsync(CallSocket.Patience);

        notification.Should().Be(new CallNotification("bob", Id, "alice", new Party("alice", "a1", "ALICE"), Video: false, TimeSpan.FromSeconds(45)));
        using var bob = await server.ConnectAsync("bob", "b1");
        await bob.NextAsync<OfferMessage>();
        notifier.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_notifier_that_fails_does_not_stop_the_ringing()
    {
        await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.UseNotifier<BrokenNotifier>());
        using var alice = await server.ConnectAsync("alice", "a1");
        var failed = server.Logs.NextAsync("The call notifier failed");
        await alice.SendAsync(Initiate("bob"));
        await failed;
        using var bob = await server.ConnectAsync("bob", "b1");
        await bob.NextAsync<OfferMessage>();
    }

    [Fact]
    public async Task Each_user_gets_the_ice_servers_that_the_provider_says_and_those_of_the_options_when_it_fails()
    {
        await using var server = await SignalingServer.StartAsync(
            o => o.IceServers.Add(new IceServer { Urls = ["stun:fallback.example"] }),
            signaling => signaling.UseIceServers<PerUser>());
        using var alice = await server.OpenAsync("user=alice&device=a1");
        (await alice.NextAsync<WelcomeMessage>()).IceServers.Should().ContainSingle().Which.Username.Should().Be("alice");
        using var broken = await server.OpenAsync("user=broken&device=a1");
        (await broken.NextAsync<WelcomeMessage>()).IceServers.Should().ContainSingle().Which.Urls.Should().Equal("stun:fallback.example");
    }

    private sealed class People : ICallDirectory
    {
        public ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken)
            => new(chatId switch
            {
                "unknown" => [],
                "blocking" or "blocking-and-online" => [new CallMember(chatId, callerId, MayRing: false)],
                "team" => [new CallMember("alice", "team"), new CallMember("bob", "bobs-team"), new CallMember("carol", "carols-team")],
                "broken" => throw new InvalidOperationException("The database is away."),
                _ => new List<CallMember> { new(chatId, callerId) },
            });
    }

    private sealed class Notifier : ICallNotifier
    {
        private readonly ConcurrentQueue<CallNotification> _all = new();

        public TaskCompletionSource<CallNotification> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count => _all.Count;

        public ValueTask NotifyAsync(CallNotification call, CancellationToken cancellationToken)
        {
            _all.Enqueue(call);
            Next.TrySetResult(call);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class BrokenNotifier : ICallNotifier
    {
        public ValueTask NotifyAsync(CallNotification call, CancellationToken cancellationToken) => throw new InvalidOperationException("No push today.");
    }

    private sealed class PerUser : IIceServerProvider
    {
        public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(string userId, CancellationToken cancellationToken)
            => userId == "broken"
                ? throw new InvalidOperationException("The vault is shut.")
                : new([new IceServer { Urls = ["turn:turn.example"], Username = userId, Credential = "x" }]);
    }
}
