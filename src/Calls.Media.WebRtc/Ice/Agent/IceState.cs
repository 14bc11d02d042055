namespace Calls.Media.WebRtc.Ice;

/// <summary>How far the search for a way is.</summary>
internal enum IceState
{
    /// <summary>The other side is not known yet.</summary>
    New,

    /// <summary>Looking for a way.</summary>
    Checking,

    /// <summary>There is a way, and the other side answers on it.</summary>
    Connected,

    /// <summary>The way that there was is silent; it may come back, or another may be found.</summary>
    Disconnected,

    /// <summary>There is no way. A restart begins anew; so does a check from the other side.</summary>
    Failed,
}
