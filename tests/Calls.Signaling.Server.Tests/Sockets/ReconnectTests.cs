namespace Calls.Signaling.Server.Tests;

/// <summary>The cases on one server with its calls in memory.</summary>
public sealed class ReconnectTests : ReconnectCases
{
    private protected override Task<ICallServer> StartAsync(double ring, double resume) => SignalingServer.StartAsync(ring, resume);
}
