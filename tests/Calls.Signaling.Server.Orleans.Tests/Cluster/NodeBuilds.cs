namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>
/// The builds that the servers of a cluster are started from, one after another and then from the first again. CALLS_NODES names them, separated by colons: each the node's assembly of
/// another version, or <c>own</c>. So every test of the cluster can run on servers of two versions, and a rolling restart is an update: <c>old:old:old:own:own:own</c>.
/// </summary>
internal sealed class NodeBuilds
{
    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "Calls.Signaling.Server.Orleans.Node.dll");

    private readonly string[] _builds =
        [.. (Environment.GetEnvironmentVariable("CALLS_NODES") ?? "own").Split(':').Select(build => build == "own" ? Own : build)];

    private int _started;

    /// <summary>The build of the next server.</summary>
    public string Next() => _builds[_started++ % _builds.Length];
}
