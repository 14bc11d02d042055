using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>
/// A signaling server in memory around the real <see cref="RoutedCall"/>, and a plain pair. It has no thread of its own: a message is delivered on the
/// thread of who sends it, a timer fires on the thread of the <see cref="TimeProvider"/>. A chat id is the other user's id.
/// </summary>
public sealed class InMemorySignaling
{
    private readonly Post _post;
    private readonly InMemoryRouter _router;

    /// <summary>A server without connections.</summary>
    /// <param name="timeProvider">Whose time the ring time and the resume window go by; null: the system's.</param>
    /// <param name="settings">The times and bounds of a call; null: the defaults.</param>
    public InMemorySignaling(TimeProvider? timeProvider = null, RoutedCallSettings? settings = null)
    {
        _post = new Post(timeProvider ?? TimeProvider.System);
        _router = new InMemoryRouter(_post, settings ?? new());
    }

    /// <summary>While true nothing is delivered; what was held is delivered when it becomes false, or by <see cref="DeliverNext"/>.</summary>
    public bool IsPaused
    {
        get => _post.IsPaused;
        set => _post.IsPaused = value;
    }

    /// <summary>The calls that the server holds, those that are over and only remembered among them.</summary>
    public IReadOnlyList<RoutedCall> Calls => _post.Read(() => _router.Calls);

    /// <summary>How many timers run on the server.</summary>
    public int TimerCount => _post.Read(() => _router.TimerCount);

    /// <summary>The channel of one device; not connected yet. A device that connects again takes the connection from its older channel.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="deviceId">The device: 1–64 characters of <c>A-Za-z0-9_-</c>.</param>
    /// <param name="displayName">What others are told he is called; null: nothing.</param>
    public InMemoryChannel Channel(string userId, string deviceId = "device", string? displayName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        ArgumentException.ThrowIfNullOrEmpty(deviceId);
        return new(_post, new RouterEnd(_router, new Party(userId, deviceId, displayName)));
    }

    /// <summary>Delivers one held thing; false when there is none.</summary>
    public bool DeliverNext() => _post.DeliverNext();

    /// <summary>Two channels without a server: what one sends, the other receives as it is. Each is welcomed when it connects.</summary>
    /// <param name="first">The user at the first end.</param>
    /// <param name="second">The user at the second end.</param>
    public static (InMemoryChannel First, InMemoryChannel Second) Pair(string first = "first", string second = "second")
    {
        var post = new Post(TimeProvider.System);
        PairEnd one = new(new Party(first, "device")), other = new(new Party(second, "device"));
        (one.Other, other.Other) = (other, one);
        return (new(post, one), new(post, other));
    }
}
