namespace Calls.Media.WebRtc.Srtp;

/// <summary>One source in one direction: which packets of it were there.</summary>
internal sealed class SrtpStream
{
    /// <summary>The packets of RTP that were there.</summary>
    public ReplayWindow Rtp;

    /// <summary>The packets of RTCP that were there.</summary>
    public ReplayWindow Rtcp;

    /// <summary>The index of a packet by its sequence number: the one nearest to the highest index so far (RFC 3711, section 3.3.1).
    /// False where that would be one before the first.</summary>
    public static bool TryIndexOf(SrtpStream? stream, ushort sequence, out ulong index)
    {
        if (stream?.Rtp.Highest is not { } highest)
        {
            index = sequence;
            return true;
        }

        var nearest = (long)highest + (short)(sequence - (ushort)highest);
        index = (ulong)nearest;
        return nearest is >= 0 and <= SrtpContext.LastRtpIndex;
    }
}
