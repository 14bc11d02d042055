namespace Calls.Signaling.Server.Orleans;

/// <summary>One call. All members may be called again by whoever is not sure that he was heard.</summary>
[Alias("calls.call")]
internal interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Rings; or takes the message, if there is such a call already.</summary>
    /// <param name="caller">The caller's connection.</param>
    /// <param name="initiate">The message, as the protocol writes it.</param>
    /// <param name="rung">Who is rung.</param>
    /// <param name="at">The time at the caller's node.</param>
    [Alias("start"), ResponseTimeout("00:00:05")]
    Task<CallReply> StartAsync(Link caller, byte[] initiate, RungUser[] rung, long at);

    /// <summary>Takes a message.</summary>
    [Alias("receive"), ResponseTimeout("00:00:02")]
    Task<CallReply> ReceiveAsync(Link sender, byte[] message, long at);

    /// <summary>Counts a message as received that was refused before it got here.</summary>
    [Alias("discard"), ResponseTimeout("00:00:02")]
    Task<CallReply> DiscardAsync(Link sender, int seq);

    /// <summary>A connection of one of the call's users has come.</summary>
    [Alias("attach"), ResponseTimeout("00:00:02")]
    Task<CallReply> AttachAsync(Link link);

    /// <summary>A connection has gone.</summary>
    [Alias("detach"), ResponseTimeout("00:00:02")]
    Task<CallReply> DetachAsync(string userId, string deviceId, Guid connection);

    /// <summary>Gives a device what it missed; <paramref name="lastSeq"/> is null if the device does not know the call.</summary>
    [Alias("resume"), ResponseTimeout("00:00:02")]
    Task<CallReply> ResumeAsync(Link link, int? lastSeq);

    /// <summary>Wakes the call, wherever it is; <paramref name="gone"/> is a node that has died.</summary>
    [Alias("touch"), ResponseTimeout("00:00:02")]
    Task<CallReply> TouchAsync(string? gone);
}

/// <summary>A user who is rung.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ChatId">The conversation, as he names it.</param>
[GenerateSerializer, Immutable, Alias("calls.rung")]
internal readonly record struct RungUser(string UserId, string ChatId);

/// <summary>What a call answers.</summary>
[GenerateSerializer, Immutable, Alias("calls.reply")]
internal sealed record CallReply
{
    public static readonly CallReply Unknown = new() { Status = CallReplyStatus.Unknown };
    public static readonly CallReply TooManyCalls = new() { Status = CallReplyStatus.TooManyCalls };
    public static readonly CallReply Again = new() { Status = CallReplyStatus.Again };

    /// <summary>How it went.</summary>
    [Id(0)]
    public CallReplyStatus Status { get; init; }

    /// <summary>For the one who asked: refusals, or what he missed, each once however often he asks.</summary>
    [Id(1)]
    public Post[] Posts { get; init; } = [];

    /// <summary>The last number that came from the device; null: it is not in the call.</summary>
    [Id(2)]
    public int? Received { get; init; }

    /// <summary>The last number that was given to a message for the device before it came; null: it was not in the call.</summary>
    [Id(3)]
    public int? Sent { get; init; }
}

/// <summary>How it went.</summary>
[GenerateSerializer, Alias("calls.status")]
internal enum CallReplyStatus
{
    /// <summary>Done, and stored.</summary>
    Done,

    /// <summary>There is no such call.</summary>
    Unknown,

    /// <summary>The caller has too many calls.</summary>
    TooManyCalls,

    /// <summary>It could not be stored, and may or may not have been done: ask again.</summary>
    Again,
}
