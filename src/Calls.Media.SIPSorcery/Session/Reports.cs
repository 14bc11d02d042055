using SIPSorcery.Net;

namespace Calls.Media.SIPSorcery.Session;

/// <summary>What the RTCP reports of both sides say (RFC 3550, section 6.4).</summary>
internal sealed class Reports
{
    private readonly Dictionary<SDPMediaTypesEnum, int> _lost = [];
    private readonly Lock _gate = new();
    private TimeSpan? _roundTrip;

    public TimeSpan? RoundTrip
    {
        get
        {
            lock (_gate)
                return _roundTrip;
        }
    }

    public long Lost
    {
        get
        {
            lock (_gate)
                return _lost.Values.Sum();
        }
    }

    /// <summary>A report that goes out: what does not arrive here.</summary>
    public void Sent(SDPMediaTypesEnum kind, RTCPCompoundPacket report)
    {
        foreach (var sample in Samples(report))
        {
            lock (_gate)
                _lost[kind] = Math.Max(0, sample.PacketsLost);
        }
    }

    /// <summary>A report that comes: how long the way there and back takes.</summary>
    public void Came(RTCPCompoundPacket report, DateTimeOffset now)
    {
        foreach (var sample in Samples(report))
        {
            if (RoundTripOf(sample.LastSenderReportTimestamp, sample.DelaySinceLastSenderReport, RTCPSession.DateTimeToNtpTimestamp32(now.UtcDateTime)) is not { } roundTrip)
                continue;
            lock (_gate)
                _roundTrip = roundTrip;
        }
    }

    /// <summary>The time between a report and its echo, less what the other side held it; null: it was no echo. All in 1/65536 s.</summary>
    public static TimeSpan? RoundTripOf(uint sent, uint held, uint now)
    {
        var passed = (int)(now - sent - held);
        return sent == 0 || passed < 0 ? null : TimeSpan.FromSeconds(passed / 65536.0);
    }

    private static IEnumerable<ReceptionReportSample> Samples(RTCPCompoundPacket report)
        => (report.SenderReport?.ReceptionReports ?? []).Concat(report.ReceiverReport?.ReceptionReports ?? []).Where(sample => sample is not null);
}
