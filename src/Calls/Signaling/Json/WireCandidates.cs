using System.Collections;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Candidates as the JSON array that they came in, read when somebody looks: a server passes them on, and counts them.</summary>
/// <param name="utf8">The array; known to be one that <see cref="IceCandidateReader"/> reads.</param>
/// <param name="count">How many candidates it has.</param>
internal sealed class WireCandidates(byte[] utf8, int count) : IReadOnlyList<IceCandidate>
{
    public int Count => count;

    public ReadOnlySpan<byte> Utf8 => utf8;

    public IceCandidate this[int index] => Read()[index];

    public IEnumerator<IceCandidate> GetEnumerator() => ((IEnumerable<IceCandidate>)Read()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IceCandidate[] Read()
    {
        var json = new Utf8JsonReader(utf8);
        return IceCandidateReader.TryRead(ref json, out var candidates) ? candidates : throw new InvalidOperationException("These bytes are no candidates.");
    }
}
