using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Tests.Sdp;

namespace Calls.Media.WebRtc.Tests.Rtp;

/// <summary>Two sessions that agreed, and a network between them that the test rules.</summary>
internal sealed class SessionPair
{
    public SessionPair()
    {
        SdpNegotiation one = new(new SdpProfile(true), First.Streams), two = new(new SdpProfile(true), Second.Streams);
        one.TakeAnswer(two.Answer(two.ReadOffer(one.CreateOffer(Offers.End)), Offers.OtherEnd));
        First.Begin(one.Current!, Second);
        Second.Begin(two.Current!, First);
    }

    public SessionSide First { get; } = new(1);

    public SessionSide Second { get; } = new(2);

    public TimeSpan Now { get; private set; }

    /// <summary>Lets time pass in steps of a millisecond, in which packets arrive and what is due is done.</summary>
    public void Pass(TimeSpan duration, Action? everyStep = null)
    {
        for (var end = Now + duration; Now < end;)
        {
            Now += TimeSpan.FromMilliseconds(1);
            (First.Now, Second.Now) = (Now, Now);
            everyStep?.Invoke();
            First.Deliver(Now);
            Second.Deliver(Now);
        }
    }
}

/// <summary>One of the two.</summary>
internal sealed class SessionSide : IRtpSessionSink
{
    private readonly PriorityQueue<byte[], (TimeSpan Arrival, int Order)> _onTheWay = new();
    private SessionSide? _peer;
    private int _order;

    public SessionSide(int seed)
    {
        Random = new Random(seed);
        Streams = LocalStreams.Create();
        Session = new RtpSession(this, Streams, TimeSpan.FromDays(20_000), Random);
    }

    public Random Random { get; }

    public LocalStreams Streams { get; }

    public RtpSession Session { get; }

    public SessionAgreement Agreement { get; private set; } = null!;

    public TimeSpan Now { get; set; }

    /// <summary>What becomes of a packet that this side sends: after which time it arrives; null: never.</summary>
    public Func<byte[], TimeSpan?> Network { get; set; } = _ => TimeSpan.FromMilliseconds(10);

    public List<(byte[] Payload, long Number)> Sound { get; } = [];

    public List<(byte[] Frame, TimeSpan Timestamp, bool IsKeyFrame)> Pictures { get; } = [];

    public List<byte[]> Reports { get; } = [];

    public int KeyFramesWanted { get; private set; }

    public void Begin(SessionAgreement agreement, SessionSide peer)
    {
        (Agreement, _peer) = (agreement, peer);
        Session.Configure(agreement, TimeSpan.Zero);
    }

    public void Deliver(TimeSpan now)
    {
        while (_onTheWay.TryPeek(out var packet, out var arrival) && arrival.Arrival <= now)
        {
            _onTheWay.Dequeue();
            if (RtpPacket.IsRtcp(packet))
                Session.ReceiveRtcp(packet, now);
            else
                Session.ReceiveRtp(packet, now);
        }

        if (Session.NextTimeout <= now)
            Session.HandleTimeout(now);
    }

    public void SendRtp(Span<byte> buffer, int length)
    {
        buffer.Length.Should().BeGreaterThanOrEqualTo(length + RtpSession.ProtectionRoom);
        Send(buffer[..length].ToArray());
    }

    public void SendRtcp(Span<byte> buffer, int length)
    {
        Reports.Add(buffer[..length].ToArray());
        Send(buffer[..length].ToArray());
    }

    public void AudioArrived(AgreedCodec codec, long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now) => Sound.Add((payload.ToArray(), number));

    public void VideoArrived(ReadOnlySpan<byte> frame, TimeSpan timestamp, bool isKeyFrame) => Pictures.Add((frame.ToArray(), timestamp, isKeyFrame));

    public void KeyFrameWanted() => KeyFramesWanted++;

    private void Send(byte[] packet)
    {
        if (Network(packet) is { } delay)
            _peer!._onTheWay.Enqueue(packet, (Now + delay, _order++));
    }
}
