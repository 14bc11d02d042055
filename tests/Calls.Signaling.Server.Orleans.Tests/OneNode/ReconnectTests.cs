namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>The cases on a silo.</summary>
public sealed class ReconnectTests : ReconnectCases
{
    private protected override Task<ICallServer> StartAsync(double ring, double resume) => OneNode.StartForCasesAsync(ring, resume);
}
