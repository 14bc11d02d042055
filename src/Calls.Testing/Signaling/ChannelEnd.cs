using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>What an <see cref="InMemoryChannel"/> is connected to. Called only from deliveries.</summary>
internal interface IChannelEnd
{
    void Connect(ICallConnection connection);

    void Receive(ICallConnection connection, SignalingMessage message);

    void Disconnect(ICallConnection connection);

    Party Party { get; }
}

/// <summary>The server.</summary>
internal sealed class RouterEnd(InMemoryRouter router, Party party) : IChannelEnd
{
    public Party Party => party;

    public void Connect(ICallConnection connection) => router.Connect(connection);

    public void Receive(ICallConnection connection, SignalingMessage message) => router.Receive(connection, message);

    public void Disconnect(ICallConnection connection) => router.Disconnect(connection);
}

/// <summary>The other one of a pair.</summary>
internal sealed class PairEnd(Party party) : IChannelEnd
{
    private ICallConnection? _connection;

    public Party Party => party;

    public PairEnd? Other { get; set; }

    public void Connect(ICallConnection connection)
    {
        _connection = connection;
        connection.Send(new WelcomeMessage { UserId = party.UserId, DeviceId = party.DeviceId });
    }

    public void Receive(ICallConnection connection, SignalingMessage message) => Other?._connection?.Send(message);

    public void Disconnect(ICallConnection connection) => _connection = _connection == connection ? null : _connection;
}
