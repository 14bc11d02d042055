using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Calls.Signaling;
using Calls.Signaling.Server;
using Calls.Testing;

namespace Calls.Operations.Tests;

/// <summary>What <c>docs/operations.md</c> tells of the code is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.GetFullPath(Path.Combine(Here(), "../../docs/operations.md")));

    [Fact]
    public async Task Every_instrument_is_in_the_table_with_its_kind_and_unit_and_no_other()
    {
        using Numbers clients = new();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket);
        await using var alice = await host.ManagerAsync("alice", new ScriptedMediaNetwork());
        await alice.StartOutgoingAsync("bob", video: false).InTime();

        var known = host.Numbers.Instruments.Concat(clients.Instruments).Select(instrument => $"{instrument.Name} {KindOf(instrument)} {instrument.Unit}");

        InstrumentRow().Matches(Document).Select(row => $"{row.Groups[1]} {row.Groups[2]} {row.Groups[3]}").Should().BeEquivalentTo(known);
    }

    [Fact]
    public async Task Every_tag_that_a_call_leaves_is_in_the_document()
    {
        using Numbers clients = new();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.Hub);
        ScriptedMediaNetwork network = new();
        await using var alice = await host.ManagerAsync("alice", network);
        await using var bob = await host.ManagerAsync("bob", network);
        await Waiting.TalkAsync(alice, bob);
        await alice.EndAsync().InTime();
        await host.Numbers.UntilAsync(now => now.Sum("calls.server.ended_calls", "calls.outcome=finished") == 1);

        var tags = host.Numbers.Tags.Concat(clients.Tags).ToArray();

        tags.Should().HaveCountGreaterThan(8);
        foreach (var (name, value) in tags.Select(tag => (tag.Split('=')[0], tag.Split('=')[1])))
        {
            Document.Should().Contain($"`{name}`");
            if (name != "calls.end.reason")
                Document.Should().Contain($"`{value}`");
        }
    }

    [Fact]
    public void Every_error_code_and_every_outcome_is_in_the_document()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var outcomes = Enum.GetNames<CallOutcome>().Select(name => Hump().Replace(name, "-$1").ToLowerInvariant());
        foreach (var word in codes.Concat(outcomes))
            Document.Should().Contain($"`{word}`");
    }

    [Fact]
    public void Every_limit_is_in_the_document_with_its_default()
    {
        CallSignalingLimits limits = new();
        var said = typeof(CallSignalingLimits).GetProperties()
            .Select(limit => $"| `{limit.Name}` | {(limit.GetValue(limits) is TimeSpan time ? $"{time.TotalSeconds} s" : limit.GetValue(limits))} |");
        LimitRow().Matches(Document).Select(row => row.Value).Should().BeEquivalentTo(said);
    }

    [Fact]
    public async Task Every_span_of_a_call_is_in_the_document_with_its_kind_and_no_other()
    {
        using Spans spans = new();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket);
        ScriptedMediaNetwork network = new();
        await using var alice = await host.ManagerAsync("alice", network);
        await using var bob = await host.ManagerAsync("bob", network);
        await Waiting.TalkAsync(alice, bob);
        await alice.EndAsync().InTime();
        string[] names = [.. SpanRow().Matches(Document).Select(row => row.Groups[1].Value)];

        names.Should().HaveCount(4);
        foreach (var row in SpanRow().Matches(Document).Cast<Match>())
            (await spans.NextAsync(row.Groups[1].Value)).Kind.ToString().Should().Be(row.Groups[2].Value);
        spans.Names.Should().BeSubsetOf(names);
    }

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name[..name.IndexOf('`', StringComparison.Ordinal)];
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex(@"^\| `(calls\.[a-z._]+)` \| (\w+) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    [GeneratedRegex(@"^\| `(call[a-z ]*)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex SpanRow();

    [GeneratedRegex(@"^\| `[A-Z]\w+` \| [0-9]+(?: s)? \|", RegexOptions.Multiline)]
    private static partial Regex LimitRow();

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Hump();
}
