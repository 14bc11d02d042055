using Calls.Signaling;

namespace Calls.Testing;

/// <summary>One run of a signaling case: the channel, what it raised, and the far end.</summary>
internal sealed class SignalingTrial : Trial, IAsyncDisposable
{
    private static readonly CallId Call = CallId.Parse("0f0e6a52-5f3c-4c6c-9a39-61f5b6a3b0aa");

    public SignalingTrial(string name, ISignalingRig rig, TimeProvider time)
        : base(name, rig.Patience)
    {
        Rig = rig;
        Clock = time as StandingClock ?? new StandingClock();
        Channel = rig.Open(time);
        Statuses = new(Channel.Status);
        Messages = new(Channel.Messages);
    }

    public ISignalingRig Rig { get; }

    public ISignalingChannel Channel { get; }

    /// <summary>The channel's clock, in a case where it stands still.</summary>
    public StandingClock Clock { get; }

    public Recording<ChannelStatus> Statuses { get; }

    public Recording<SignalingMessage> Messages { get; }

    public IReadOnlyList<ChannelState> States => [.. Statuses.All.Select(status => status.State)];

    /// <summary>The numbers of the numbered messages that came.</summary>
    public IReadOnlyList<int> Numbers => [.. Messages.All.OfType<EndMessage>().Select(message => message.Seq ?? 0)];

    public static EndMessage Numbered(int number) => new() { CallId = Call, Seq = number, Reason = EndReasons.Hangup };

    /// <summary>A message that is just so large on the wire.</summary>
    public static AnswerMessage Sized(int bytes)
    {
        AnswerMessage empty = new() { CallId = Call };
        return empty with { Sdp = new string('x', bytes - SignalingJson.Serialize(empty).Length) };
    }

    public async Task ConnectAsync()
    {
        await InTime(Channel.ConnectAsync(), "ConnectAsync completes when the connection is up.").ConfigureAwait(false);
        await Until(() => States.Contains(ChannelState.Connected), "The status tells that the channel is connected.", () => States).ConfigureAwait(false);
    }

    public Task SayAsync(SignalingMessage message) => InTime(Rig.SendAsync(SignalingJson.Serialize(message)), "The rig's server sends.");

    public async Task SayAsync(int from, int to)
    {
        for (var number = from; number <= to; number++)
            await SayAsync(Numbered(number)).ConfigureAwait(false);
    }

    public Task SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
        => Channel.SendAsync(message, cancellationToken).AsTask();

    public async Task<SignalingMessage> ArrivedAsync(string expected)
    {
        using CancellationTokenSource late = new(Patience);
        return await InTime(Rig.ReceiveAsync(late.Token), expected).ConfigureAwait(false);
    }

    /// <summary>Everything that arrived at the server until the message with that number.</summary>
    public async Task<IReadOnlyList<int>> ArrivedUntilAsync(int last, string expected)
    {
        List<int> numbers = [];
        while (numbers.Count == 0 || numbers[^1] != last)
        {
            if (await ArrivedAsync(expected).ConfigureAwait(false) is EndMessage { Seq: { } number })
                numbers.Add(number);
        }

        return numbers;
    }

    public Task StateAsync(ChannelState state, string expected)
        => Until(() => States is [.., var last] && last == state, expected, () => States);

    /// <summary>Waits until the channel was lost and is up again.</summary>
    public Task CameBackAsync(int losses = 1) => Until(
        () => States.Count(state => state == ChannelState.Reconnecting) >= losses && States[^1] == ChannelState.Connected,
        "The channel connects again by itself.", () => States);

    public async ValueTask DisposeAsync()
    {
        // Only the cases about disposal judge it.
        var disposing = Channel.DisposeAsync().AsTask();
        await Task.WhenAny(disposing, Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false);
        _ = disposing.Exception;
    }
}
