using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Calls.Browser.Tests.Harness;
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

    [Fact]
    public async Task S15_without_addresses_the_servers_are_tried_that_the_apps_server_names()
    {
        var url = $"stun:127.0.0.1:{FreePort()}";
        await using var server = await SampleServer.StartAsync($"--Signaling:IceServers:0:Urls:0={url}");
        using Terminal console = new();
        (await ConsoleApp.RunAsync(["probe", "--server", $"{server.Address}", "--user", "carol", "--seconds", "0.5"], console)).Should().Be(1);
        console.Output.Should().Contain(url).And.Contain("open UDP port");
    }

    [Fact]
    public async Task S15_a_server_that_cannot_be_asked_is_told()
    {
        using Terminal console = new();
        (await ConsoleApp.RunAsync(["probe", "--server", "http://127.0.0.1:1"], console)).Should().Be(1);
        console.Output.Should().Contain("is it running?");
    }

    private static int FreePort()
    {
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)client.Client.LocalEndPoint!).Port;
    }
}
