using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Calls.Signaling;

namespace Calls.Benchmarks;

/// <summary>
/// An offer with 6 KB of description, and a message of one candidate, to JSON and back; beside it System.Text.Json's generated code for a plain class of the
/// same fields, which knows no other message and checks nothing.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class JsonBenchmarks
{
    private const string Line = "a=candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0\r\n";

    private static readonly string Sdp = string.Concat(Enumerable.Repeat(Line, 58));
    private static readonly OfferMessage Offer = new() { CallId = Situations.Id, ChatId = "bob", Sdp = Sdp, Video = true, Seq = 1 };
    private static readonly CandidatesMessage Candidates = new() { CallId = Situations.Id, Seq = 2, Candidates = [new(Line[2..^2], "0", 0, "EsAw")] };

    private readonly byte[] _offer = SignalingJson.Serialize(Offer);
    private readonly byte[] _candidates = SignalingJson.Serialize(Candidates);
    private readonly PlainMessage _plainOffer = new() { Type = MessageTypes.Offer, CallId = Situations.Id.Value, ChatId = "bob", Sdp = Sdp, Video = true, Seq = 1 };
    private readonly PlainMessage _plainCandidates = new() { Type = MessageTypes.IceCandidate, CallId = Situations.Id.Value, Seq = 2, Candidates = [.. Candidates.Candidates] };

    [Benchmark]
    [BenchmarkCategory("write offer")]
    public byte[] WriteOffer() => SignalingJson.Serialize(Offer);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("write offer")]
    public byte[] PlainWriteOffer() => JsonSerializer.SerializeToUtf8Bytes(_plainOffer, PlainJson.Default.PlainMessage);

    [Benchmark]
    [BenchmarkCategory("read offer")]
    public bool ReadOffer() => SignalingJson.TryParse(_offer, out _, out _);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("read offer")]
    public PlainMessage? PlainReadOffer() => JsonSerializer.Deserialize(_offer, PlainJson.Default.PlainMessage);

    [Benchmark]
    [BenchmarkCategory("write candidate")]
    public byte[] WriteCandidate() => SignalingJson.Serialize(Candidates);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("write candidate")]
    public byte[] PlainWriteCandidate() => JsonSerializer.SerializeToUtf8Bytes(_plainCandidates, PlainJson.Default.PlainMessage);

    [Benchmark]
    [BenchmarkCategory("read candidate")]
    public bool ReadCandidate() => SignalingJson.TryParse(_candidates, out _, out _);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("read candidate")]
    public PlainMessage? PlainReadCandidate() => JsonSerializer.Deserialize(_candidates, PlainJson.Default.PlainMessage);
}

/// <summary>The fields of both messages, with no rule and no type.</summary>
public sealed class PlainMessage
{
    public string? Type { get; set; }

    public string? CallId { get; set; }

    public string? ChatId { get; set; }

    public string? Sdp { get; set; }

    public bool? Video { get; set; }

    public long? AgeMs { get; set; }

    public long? RingTimeoutMs { get; set; }

    public int? Seq { get; set; }

    public IceCandidate[]? Candidates { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlainMessage))]
internal sealed partial class PlainJson : JsonSerializerContext;
