using System.Net.Security;

namespace Calls.Media.WebRtc;

/// <summary>How STUN and TURN servers are tried.</summary>
public sealed record IceServerProbeOptions
{
    /// <summary>How long each step may take: the name, the relay, the bytes through it. Default: 5 s; 0.5 s to 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The lowest port at which relays are expected, 1 to 65535. Default: 49152, as in coturn's <c>min-port</c>.</summary>
    public int FirstRelayPort { get; init; } = 49152;

    /// <summary>The highest port at which relays are expected, from <see cref="FirstRelayPort"/> to 65535. Default: 65535, as in coturn's <c>max-port</c>.</summary>
    public int LastRelayPort { get; init; } = 65535;

    /// <summary>Judges the certificate of a server over TLS. Default: as the system does.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    internal void Validate()
    {
        if (Timeout < TimeSpan.FromSeconds(0.5) || Timeout > TimeSpan.FromMinutes(1))
            throw new ArgumentOutOfRangeException(nameof(Timeout), Timeout, "A step may take 0.5 s to 60 s.");
        if (FirstRelayPort is < 1 or > 65535)
            throw new ArgumentOutOfRangeException(nameof(FirstRelayPort), FirstRelayPort, "A port is 1 to 65535.");
        if (LastRelayPort < FirstRelayPort || LastRelayPort > 65535)
            throw new ArgumentOutOfRangeException(nameof(LastRelayPort), LastRelayPort, $"The last port is {nameof(FirstRelayPort)} to 65535.");
    }
}
