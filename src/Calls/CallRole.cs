namespace Calls;

/// <summary>Which side of a call this is.</summary>
public enum CallRole
{
    /// <summary>This side made the offer.</summary>
    Caller,

    /// <summary>This side was rung.</summary>
    Callee,
}
