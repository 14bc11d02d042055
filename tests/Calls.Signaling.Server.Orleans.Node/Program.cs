using Calls.Signaling.Server.Orleans.Node;
using Microsoft.Extensions.Hosting;

// One server of a cluster: --http, --silo and --gateway are its ports, --redis is where the cluster is, --ring the ring time in seconds.
await using var app = NodeHost.Build(args);
await app.StartAsync();
Console.WriteLine(NodeHost.Ready);
await app.WaitForShutdownAsync();
