namespace Calls;

/// <summary>Who ended a call.</summary>
public enum CallEndedBy
{
    /// <summary>This device: its user, or its own timer or failure.</summary>
    Me,

    /// <summary>Another device of this user.</summary>
    MyOtherDevice,

    /// <summary>The other side.</summary>
    Peer,

    /// <summary>The signaling server.</summary>
    Server,
}
