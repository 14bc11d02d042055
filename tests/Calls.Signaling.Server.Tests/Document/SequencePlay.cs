using System.Globalization;
using System.Text.Json.Nodes;
using Calls.Protocol.Tests;

namespace Calls.Signaling.Server.Tests;

/// <summary>Plays a sequence against a real server, with the document's own examples as the messages.</summary>
internal sealed class SequencePlay(SignalingServer server, Sequence sequence)
{
    private readonly Dictionary<string, CallSocket> _sockets = [];
    private readonly Dictionary<(string Who, string Call), int> _sent = [];
    private readonly Dictionary<(string Who, string Call), int> _received = [];

    public async Task RunAsync()
    {
        foreach (var who in sequence.BeginsConnected ? sequence.Users.Keys : [])
        {
            await ConnectAsync(who);
            await ReceiveAsync(new(SequenceLine.Server, who, "call:welcome", "", ""));
        }

        foreach (var line in sequence.Lines)
            await PlayAsync(line);
        foreach (var (who, socket) in _sockets)
            (await socket.DrainAsync()).Should().BeEmpty($"the sequence says all that {who} hears");
    }

    private async Task PlayAsync(SequenceLine line)
    {
        if (line.From == line.To)
            server.Pass(TimeSpan.FromSeconds(double.Parse(line.What, CultureInfo.InvariantCulture)));
        else if (line.What == "connects")
            await ConnectAsync(line.From);
        else if (line.What == "is lost")
            await server.LoseAsync(_sockets[line.From]);
        else if (line.From == SequenceLine.Server)
            await ReceiveAsync(line);
        else
            await SendAsync(line);
    }

    private async Task ConnectAsync(string who) => _sockets[who] = await server.OpenAsync($"user={sequence.Users[who]}&device={who}");

    private async Task SendAsync(SequenceLine line)
    {
        var example = JsonNode.Parse(ProtocolDocument.ExampleOf(line.What))!.AsObject();
        if (line.What == "call:resume")
            example["calls"] = new JsonArray([.. _received.Where(call => call.Key.Who == line.From).Select(call => Progress(call.Key.Call, call.Value))]);
        else
            example["callId"] = Id(line.Call);
        if (line.What != "call:resume" && sequence.IsNumbered)
            example["seq"] = _sent[(line.From, line.Call)] = _sent.GetValueOrDefault((line.From, line.Call)) + 1;
        else
            example.Remove("seq");
        if (line.What == "call:initiate")
            example["chatId"] = sequence.Users.Values.First(user => user != sequence.Users[line.From]);
        if (line.Reason.Length > 0)
            example["reason"] = line.Reason;
        await _sockets[line.From].SendTextAsync(example.ToJsonString());
    }

    private async Task ReceiveAsync(SequenceLine line)
    {
        var message = await _sockets[line.To].NextJsonAsync();
        ((string?)message["type"], (string?)message["reason"] ?? "").Should().Be((line.What, line.Reason), $"in '{sequence.Title}' {line.To} hears that");
        if (line.What == "call:welcome")
            return;
        ((string?)message["callId"]).Should().Be(Id(line.Call));
        ((int?)message["seq"]).Should().Be(_received[(line.To, line.Call)] = _received.GetValueOrDefault((line.To, line.Call)) + 1);
    }

    private static JsonObject Progress(string call, int received) => new() { ["callId"] = Id(call), ["received"] = received };

    private static string Id(string call) => $"call-{call}";
}
