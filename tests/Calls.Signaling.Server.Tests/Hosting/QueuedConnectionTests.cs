using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.Server.Tests;

public sealed class QueuedConnectionTests
{
    [Fact]
    public async Task A_transport_that_fails_as_none_should_ends_the_connection_and_whoever_waits_for_its_end_hears_why()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCallSignaling();
        await using var server = builder.Build();
        using var connection = new FaultyConnection(server.Services.GetRequiredService<ConnectionTerms>());

        connection.Send(new PongMessage());
        connection.Close(CloseReasons.Gone);

        await connection.Invoking(one => one.WhenOverAsync().WaitAsync(CallSocket.Patience)).Should().ThrowAsync<NotSupportedException>();
        connection.Aborted.IsCancellationRequested.Should().BeTrue();
    }

    private sealed class FaultyConnection(ConnectionTerms terms) : QueuedConnection(new Party("alice", "a1", "Alice"), "faulty", terms)
    {
        protected override ValueTask WriteAsync(SignalingMessage message) => throw new NotSupportedException();

        protected override ValueTask WriteAsync(PassedText text) => throw new NotSupportedException();

        protected override ValueTask SayGoodbyeAsync(string reason) => ValueTask.CompletedTask;

        protected override bool IsBreak(Exception exception) => false;
    }
}
