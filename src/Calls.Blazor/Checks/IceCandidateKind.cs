namespace Calls.Blazor;

/// <summary>Where the address of a candidate is from (RFC 8445, section 5.1.1).</summary>
public enum IceCandidateKind
{
    /// <summary>The machine's own.</summary>
    Host,

    /// <summary>The machine's, as a server sees it.</summary>
    SeenFromOutside,

    /// <summary>A relay's.</summary>
    Relay,
}
