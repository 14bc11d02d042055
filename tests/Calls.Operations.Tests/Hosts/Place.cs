namespace Calls.Operations.Tests;

/// <summary>Where the calls of a server live.</summary>
public enum Home
{
    /// <summary>In its memory.</summary>
    Memory,

    /// <summary>In grains.</summary>
    Grains,
}

/// <summary>How clients come to it.</summary>
public enum Transport
{
    /// <summary>By WebSocket.</summary>
    WebSocket,

    /// <summary>By SignalR.</summary>
    Hub,
}

/// <summary>Every home with every transport: what is told to those who run a server must not depend on them.</summary>
public sealed class Places : TheoryData<Home, Transport>
{
    public Places()
    {
        foreach (var home in Enum.GetValues<Home>())
        {
            foreach (var transport in Enum.GetValues<Transport>())
                Add(home, transport);
        }
    }
}
