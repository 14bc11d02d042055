using System.Globalization;
using System.Text;

namespace Calls.Load;

/// <summary>The candidates of one side of a call, one after another in one buffer: the generator must not be what is measured.</summary>
internal sealed class CandidateText
{
    private const int Room = 16;
    private readonly byte[] _text;
    private readonly int _seqAt;
    private readonly byte[] _rest;

    public CandidateText(string call)
    {
        var text = Encoding.UTF8.GetString(Texts.Candidate(call, 1));
        _seqAt = text.IndexOf("\"seq\":", StringComparison.Ordinal) + "\"seq\":".Length;
        _rest = Encoding.UTF8.GetBytes(text[(_seqAt + 1)..]);
        _text = new byte[text.Length + Room];
        Encoding.UTF8.GetBytes(text, _text);
    }

    /// <summary>The candidate of a number, good until the next one.</summary>
    public ReadOnlyMemory<byte> Of(int seq)
    {
        seq.TryFormat(_text.AsSpan(_seqAt), out var digits, provider: CultureInfo.InvariantCulture);
        _rest.CopyTo(_text.AsSpan(_seqAt + digits));
        return _text.AsMemory(0, _seqAt + digits + _rest.Length);
    }
}
