using System.Net.WebSockets;
using Calls.Protocol.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Calls.Signaling.Server.Tests;

/// <summary>How a connection ends in <c>docs/protocol.md</c> is how the server ends it.</summary>
public sealed class ClosingTableTests
{
    [Fact]
    public void Every_code_that_closes_has_its_close_code_and_no_other()
    {
        var closing = ProtocolDocument.Table("| code |").Where(row => row[1] == "closes").Select(row => ProtocolDocument.Code(row[0]));
        Closings().Select(row => row.Reason).Should().BeEquivalentTo(closing.Append(CloseReasons.Gone));
    }

    [Fact]
    public async Task A_WebSocket_closes_with_the_code_and_the_reason_of_the_table()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCallSignaling();
        await using var server = builder.Build();
        foreach (var (code, reason) in Closings())
        {
            Mock<WebSocket> socket = new();
            using WebSocketConnection connection = new(new Party("alice", "a1"), socket.Object, server.Services.GetRequiredService<ConnectionTerms>());
            if (reason == CloseReasons.Gone)
                connection.Close(reason);
            else
                connection.Close(new ErrorMessage { Code = reason });
            await connection.WhenOverAsync().WaitAsync(CallSocket.Patience);

            socket.Verify(one => one.CloseOutputAsync((WebSocketCloseStatus)code, reason, It.IsAny<CancellationToken>()), Times.Once, reason);
        }
    }

    private static (int Code, string Reason)[] Closings()
        => [.. ProtocolDocument.Table("| close code |").Select(row => (int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), row[1] == "–" ? "" : ProtocolDocument.Code(row[1])))];
}
