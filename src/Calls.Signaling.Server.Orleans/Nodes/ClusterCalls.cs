using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server.Orleans;

/// <summary>The calls of several servers together: gives what comes on this node's connections to the grains, and asks again while they move.</summary>
internal sealed class ClusterCalls(
    IGrainFactory grains, CallNode node, ConnectionRegistry connections, ClusterClock clock, Persistence persistence, TimeProvider time,
    ILogger<ClusterCalls> logger)
    : ICallHome, IHostedService
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Task, bool> _leaving = new();

    public async ValueTask EnterAsync(
        ICallConnection connection, Func<IReadOnlyList<CallProgress>, WelcomeMessage> welcome, CancellationToken cancellationToken)
    {
        var here = node.Add(connection);
        try
        {
            var entry = await persistence.AskAsync(() => User(connection).EnterAsync(node.LinkTo(here)), cancellationToken).ConfigureAwait(false);
            here.Enter(entry.Link);
            if (entry.Replaced is { } older)
                persistence.Try(() => grains.Node(older.Observer).SupersedeAsync(older.Connection));
            var progress = await Task.WhenAll(entry.Calls.Select(id => AttachAsync(here, entry.Link, id, cancellationToken))).ConfigureAwait(false);
            connection.Send(welcome([.. progress.OfType<CallProgress>()]));
            connections.Add(connection)?.Close(ConnectionRegistry.Superseded);
            here.Release([]);
        }
        catch (UnavailableException)
        {
            Close(here);
        }

        // It may have gone before the grains knew that it had come.
        if (here.IsGone)
            Follow(LeaveAsync(here));
    }

    public void Leave(ICallConnection connection)
    {
        connections.Remove(connection);
        if (node.Find(connection) is not { } here || !here.Leave())
            return;
        node.Remove(here);
        if (here.Link is not null)
            Follow(LeaveAsync(here));
    }

    public async ValueTask<bool> ReceiveAsync(ICallConnection connection, CallMessage message, CancellationToken cancellationToken)
        => await AskAsync(
            connection,
            message.CallId,
            (call, link) => call.ReceiveAsync(link, SignalingJson.Serialize(message), clock.Next()),
            cancellationToken).ConfigureAwait(false) is not { Status: CallReplyStatus.Unknown };

    /// <summary>Nothing passes before it is stored.</summary>
    public bool TryPass(QueuedConnection connection, in CandidatesText text, long timestamp) => false;

    public async ValueTask DiscardAsync(ICallConnection connection, CallId call, int seq, CancellationToken cancellationToken)
        => await AskAsync(connection, call, (grain, link) => grain.DiscardAsync(link, seq), cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> ResumeAsync(ICallConnection connection, IReadOnlyDictionary<CallId, int> received, CancellationToken cancellationToken)
    {
        if (node.Find(connection) is not { Link: { } link } here)
            return 0;
        here.Hold();
        Post[] missed = [];
        try
        {
            var calls = await persistence.AskAsync(() => User(connection).CallsAsync(), cancellationToken).ConfigureAwait(false);
            var replies = await Task.WhenAll(calls.Select(id => ResumeAsync(here, link, CallId.Parse(id), received, cancellationToken)))
                .ConfigureAwait(false);
            missed = [.. replies.SelectMany(reply => reply.Posts).OrderBy(post => post.At)];
        }
        catch (UnavailableException)
        {
            Close(here);
        }
        finally
        {
            here.Release(missed);
        }

        return missed.Length;
    }

    public async ValueTask<CallAdmission> AdmitAsync(ICallConnection connection, string chatId, CancellationToken cancellationToken)
    {
        try
        {
            return (CallAdmission)await persistence
                .AskAsync(() => User(connection).AdmitAsync(connection.Party.UserId, chatId), cancellationToken).ConfigureAwait(false);
        }
        catch (UnavailableException)
        {
            Close(connection);
            return CallAdmission.Granted;
        }
    }

    public async ValueTask<CallAdmission> StartAsync(
        ICallConnection connection, InitiateMessage initiate, IReadOnlyList<Callee> callees, CancellationToken cancellationToken)
    {
        RungUser[] rung = [.. callees.Select(callee => new RungUser(callee.UserId, callee.ChatId))];
        var reply = await AskAsync(
            connection,
            initiate.CallId,
            (call, link) => call.StartAsync(link, SignalingJson.Serialize(initiate), rung, clock.Next()),
            cancellationToken).ConfigureAwait(false);
        return reply?.Status == CallReplyStatus.TooManyCalls ? CallAdmission.TooManyCalls : CallAdmission.Granted;
    }

    /// <summary>Whether the storage answers: all that a call needs beside the nodes themselves.</summary>
    public async ValueTask<string?> FindTroubleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IStorageProbeGrain>(node.Name).ReadAsync().WaitAsync(ProbeTimeout, time, cancellationToken).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever stands in the way: it is what was asked for.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotDelivered(logger, exception);
            return "The calls cannot be reached: the cluster or its storage does not answer.";
        }
    }

    /// <summary>Wakes every call that has a connection here: one that was on the node that died, and one with a connection there.</summary>
    public async Task WakeAsync(string gone, CancellationToken cancellationToken)
    {
        var calls = node.Calls;
        Log.NodeGone(logger, calls.Count);
        await Parallel.ForEachAsync(
            calls,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                try
                {
                    await persistence.AskAsync(() => grains.Call(id).TouchAsync(gone), token).ConfigureAwait(false);
                }
                catch (UnavailableException)
                {
                    // Its reminder is left.
                }
            }).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The silo stops after this: first everybody hears who has left.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
        => Task.WhenAll(_leaving.Keys).WaitAsync(cancellationToken);

    private IUserGrain User(ICallConnection connection) => grains.User(connection.Party.UserId);

    private async Task<CallProgress?> AttachAsync(NodeConnection here, Link link, string id, CancellationToken cancellationToken)
    {
        var reply = await persistence.AskAsync(() => grains.Call(id).AttachAsync(link), cancellationToken).ConfigureAwait(false);
        if (reply.Status == CallReplyStatus.Unknown)
            persistence.Try(() => User(here.Connection).MissAsync(id));
        if (reply.Received is not { } received)
            return null;
        here.Join(id, reply.Sent ?? 0);
        return new CallProgress(CallId.Parse(id), received);
    }

    private async Task<CallReply> ResumeAsync(
        NodeConnection here, Link link, CallId id, IReadOnlyDictionary<CallId, int> received, CancellationToken cancellationToken)
    {
        int? last = received.TryGetValue(id, out var seq) ? seq : null;
        var reply = await persistence.AskAsync(() => grains.Call(id.Value).ResumeAsync(link, last), cancellationToken).ConfigureAwait(false);
        if (reply.Status == CallReplyStatus.Done && last is { } had)
            here.Join(id.Value, had);
        return reply;
    }

    /// <summary>Asks a call for a connection, and gives the connection what the call has for it. Null: the connection is not there any more.</summary>
    private async Task<CallReply?> AskAsync(
        ICallConnection connection, CallId id, Func<ICallGrain, Link, Task<CallReply>> ask, CancellationToken cancellationToken)
    {
        if (node.Find(connection) is not { Link: { } link } here)
            return null;
        try
        {
            var reply = await persistence.AskAsync(() => ask(grains.Call(id.Value), link), cancellationToken).ConfigureAwait(false);
            if (reply.Status == CallReplyStatus.Done)
                here.Join(id.Value, 0);
            foreach (var post in reply.Posts)
                here.Deliver(post);
            return reply;
        }
        catch (UnavailableException)
        {
            Close(here);
            return null;
        }
    }

    private async Task LeaveAsync(NodeConnection here)
    {
        var (party, id) = (here.Connection.Party, here.Id);
        try
        {
            var calls = await persistence.AskAsync(() => User(here.Connection).LeaveAsync(party.DeviceId, id), CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAll(calls.Select(call => persistence.AskAsync(
                () => grains.Call(call).DetachAsync(party.UserId, party.DeviceId, id), CancellationToken.None))).ConfigureAwait(false);
        }
        catch (UnavailableException)
        {
            // The next message to that connection finds that it is not there.
        }
    }

    private void Follow(Task leaving)
    {
        _leaving[leaving] = true;
        _ = leaving.ContinueWith(done => _leaving.TryRemove(done, out _), TaskScheduler.Default);
    }

    private void Close(ICallConnection connection)
    {
        if (node.Find(connection) is { } here)
            Close(here);
    }

    private void Close(NodeConnection here)
    {
        Log.Unavailable(logger);
        here.Connection.Close(new ErrorMessage
        {
            Code = ErrorCodes.Unavailable,
            Message = "The servers do not reach each other: the connection closes, connect again.",
        });
    }
}
