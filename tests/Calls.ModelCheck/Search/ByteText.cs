using System.Collections.Immutable;

namespace Calls.ModelCheck;

/// <summary>A growing row of bytes, with devices and calls written under their canonical names.</summary>
internal sealed class ByteText
{
    private byte[] _bytes = new byte[4096];
    private int _length;
    private int[] _names = [];

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear(int[] names)
    {
        _length = 0;
        _names = names;
    }

    public void Write(int value)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _length * 2);
        _bytes[_length++] = checked((byte)value);
    }

    public void Write(bool value) => Write(value ? 1 : 0);

    /// <summary>A swap is its own inverse, so the same table names a device and finds it.</summary>
    public void Device(int device) => Write(device < 0 ? 255 : _names[device]);

    public void Call(CallId call) => Write(call.IsEmpty ? 255 : CallNumber(call));

    public void Calls(ImmutableArray<CallId> calls)
    {
        var set = 0;
        foreach (var call in calls)
            set |= 1 << CallNumber(call);
        Write(set & 0xFF);
        Write(set >> 8);
    }

    /// <summary>A description or candidate: what it is, of which call, and whose.</summary>
    public void Made(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Write(0);
            return;
        }

        Write(text[0]);
        Write((_names[text[2] - '0'] * Names.MaxStarts) + text[3] - '0');
        Write(_names[text[4] - '0']);
    }

    /// <summary>One of the reasons of the protocol: told apart by length and first letter.</summary>
    public void Reason(string? reason)
    {
        Write(reason?.Length ?? 0);
        if (reason is { Length: > 0 })
            Write(reason[0]);
    }

    private int CallNumber(CallId call) => (_names[Names.Starter(call)] * Names.MaxStarts) + Names.Count(call);
}
