using BenchmarkDotNet.Attributes;
using Calls.Signaling;

namespace Calls.Benchmarks;

/// <summary>An offer with 6 KB of description, and one candidate, to JSON and back.</summary>
[MemoryDiagnoser]
public class JsonBenchmarks
{
    private static readonly OfferMessage Offer = new() { CallId = Situations.Id, ChatId = "bob", Sdp = new string('x', 6_000), Video = true, Seq = 1 };
    private static readonly CandidatesMessage Candidate = new()
    {
        CallId = Situations.Id,
        Seq = 2,
        Candidates = [new("candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0", "0", 0, "EsAw")],
    };

    private readonly byte[] _offer = SignalingJson.Serialize(Offer);
    private readonly byte[] _candidate = SignalingJson.Serialize(Candidate);

    [Benchmark]
    public byte[] WriteOffer() => SignalingJson.Serialize(Offer);

    [Benchmark]
    public bool ReadOffer() => SignalingJson.TryParse(_offer, out _, out _);

    [Benchmark]
    public byte[] WriteCandidate() => SignalingJson.Serialize(Candidate);

    [Benchmark]
    public bool ReadCandidate() => SignalingJson.TryParse(_candidate, out _, out _);
}
