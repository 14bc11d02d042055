using System.Net.Security;
using Calls.Signaling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Media.WebRtc.Ice;

/// <summary>How a transport finds its way.</summary>
internal sealed record IceTransportSettings
{
    /// <summary>STUN and TURN servers.</summary>
    public IReadOnlyList<IceServer> Servers { get; init; } = [];

    /// <summary>Whether only relayed candidates are used and told. Default: no.</summary>
    public bool RelayOnly { get; init; }

    /// <summary>Whether the loopback's addresses are candidates. Default: no, unless the machine has no others.</summary>
    public bool WithLoopback { get; init; }

    /// <summary>How long servers are waited for before gathering counts as ended; one that answers later still gives its candidate. Default: 10 s.</summary>
    public TimeSpan GatheringTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Times and limits of the search.</summary>
    public IceAgentSettings Agent { get; init; } = new();

    /// <summary>Judges the certificate of a <c>turns:</c> server; null: as the system does.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>The addresses of this machine.</summary>
    public LocalAddresses Addresses { get; init; } = LocalAddresses.Shared;

    /// <summary>Hears what goes wrong.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
