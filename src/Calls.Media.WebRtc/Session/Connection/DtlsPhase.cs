namespace Calls.Media.WebRtc.Session;

/// <summary>How far the keys of a connection are.</summary>
internal enum DtlsPhase
{
    /// <summary>Not agreed on yet.</summary>
    None,

    /// <summary>There are keys: packets pass.</summary>
    Up,

    /// <summary>The other side closed the connection.</summary>
    Closed,

    /// <summary>There will be none: the handshake failed, or somebody else was there than the description says.</summary>
    Failed,
}
