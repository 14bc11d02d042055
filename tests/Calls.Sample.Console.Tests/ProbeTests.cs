using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Calls.Sample.Console.Commands;

namespace Calls.Sample.Console.Tests;

public class ProbeTests
{
    [Fact]
    public async Task S15_a_server_that_is_not_there_is_a_row_of_the_table_and_a_sentence_that_says_what_to_open()
    {
        var url = $"stun:127.0.0.1:{FreePort()}";
        using Terminal console = new();

        (await ConsoleApp.RunAsync(["probe", url, "--seconds", "0.5"], console)).Should().Be(1);

        console.Output.Should().Contain("round trip").And.Contain(url).And.Contain("open UDP port");
    }

    [Fact]
    public async Task S15_programs_are_told_in_JSON()
    {
        using Terminal console = new();

        (await ConsoleApp.RunAsync(["probe", $"stun:127.0.0.1:{FreePort()}", "http://nonsense", "--seconds", "0.5", "--json"], console)).Should().Be(1);

        using var reports = JsonDocument.Parse(console.Output);
        reports.RootElement.EnumerateArray().Select(report => report.GetProperty("problem").GetString()).Should().Equal("no-answer", "bad-url");
        reports.RootElement[0].GetProperty("isReachable").GetBoolean().Should().BeFalse();
        reports.RootElement[0].GetProperty("advice").GetString().Should().Contain("open UDP port");
    }

    private static int FreePort()
    {
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)client.Client.LocalEndPoint!).Port;
    }
}
