using System.Text;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Video;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>What a section sends.</summary>
internal sealed class SendingSection
{
    private readonly StreamIdentity _stream;
    private readonly Random _random;
    private Vp8Packetizer _packetizer;

    public SendingSection(StreamIdentity stream, Random random) => (_stream, _random) = (stream, random);

    /// <summary>The stream's packets; null: nothing was agreed yet.</summary>
    public RtpSender? Sender { get; private set; }

    /// <summary>Whether what is given is sent.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether packets have a number on the whole transport.</summary>
    public bool NumbersTransport { get; private set; }

    /// <summary>Takes what was agreed; null: the section is refused.</summary>
    public void Configure(AgreedSection? section)
    {
        IsOpen = section is { Sends: true };
        if (section is null)
            return;
        var codec = section.Codecs[0];
        NumbersTransport = codec.TransportFeedback && section.TransportSequenceExtension > 0;
        RtpSenderSettings settings = new()
        {
            Ssrc = _stream.Ssrc!.Value,
            RetransmissionSsrc = _stream.RetransmissionSsrc,
            PayloadType = codec.SendPayloadType,
            RetransmissionPayloadType = codec.Nack ? codec.SendRetransmissionType : null,
            ClockRate = codec.ClockRate,
            Mid = Encoding.ASCII.GetBytes(section.Mid),
            MidExtension = section.MidExtension <= 14 ? section.MidExtension : (byte)0,
            TransportSequenceExtension = NumbersTransport && section.TransportSequenceExtension <= 14 ? section.TransportSequenceExtension : (byte)0,
        };
        if (Sender is null)
            Sender = new RtpSender(settings, _random);
        else
            Sender.Change(settings);
    }

    /// <summary>Begins a frame.</summary>
    public Vp8Packets Begin(ReadOnlySpan<byte> frame) => _packetizer.Begin(frame);
}
