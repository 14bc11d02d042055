using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary><c>call:ice-candidate</c>: candidates, as they come or in small batches (RFC 8838).</summary>
public sealed record CandidatesMessage : CallMessage
{
    /// <summary>The candidates in the order in which they were gathered. A bare <c>candidate</c> object is read into this too.</summary>
    public IReadOnlyList<IceCandidate> Candidates { get; init => field = value ?? []; } = [];

    /// <summary>The browser's own <c>toJSON()</c> of one candidate, as plain clients send it. Read only.</summary>
    [JsonInclude]
    internal IceCandidate? Candidate
    {
        get => null;
        init => Candidates = value is null ? Candidates : [.. Candidates, value];
    }
}

/// <summary>One ICE candidate, in the browser's own shape (<c>RTCIceCandidateInit</c>).</summary>
/// <param name="Candidate">The candidate attribute (RFC 8839, section 5.1); empty: the end of a generation.</param>
/// <param name="SdpMid">The media section it belongs to.</param>
/// <param name="SdpMLineIndex">The index of that section, 0 and up.</param>
/// <param name="UsernameFragment">The ICE generation it belongs to.</param>
public sealed record IceCandidate(string Candidate, string? SdpMid = null, int? SdpMLineIndex = null, string? UsernameFragment = null);

/// <summary>A STUN or TURN server, in the browser's own shape (<c>RTCIceServer</c>).</summary>
public sealed record IceServer
{
    /// <summary>The server's addresses: <c>stun:</c>, <c>turn:</c> or <c>turns:</c> URIs (RFC 7064, RFC 7065).</summary>
    public IReadOnlyList<string> Urls { get; init => field = value ?? []; } = [];

    /// <summary>The TURN user name; null for STUN.</summary>
    public string? Username { get; init; }

    /// <summary>The TURN password; null for STUN. Never logged.</summary>
    public string? Credential { get; init; }

    /// <summary>How long the credential is good, from when it was given; null: for ever. Not on the wire: <see cref="WelcomeMessage.ExpiresIn"/> tells
    /// the client when to ask anew.</summary>
    [JsonIgnore]
    public TimeSpan? Lifetime { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"IceServer {{ {string.Join(", ", Urls)} }}";
}
