namespace Calls.ModelCheck;

/// <summary>A world as canonical bytes: equal for equal worlds, and for worlds that differ only in which of Bob's devices is which.</summary>
internal sealed class Encoding
{
    private static readonly int[] Plain = [0, 1, 2];
    private static readonly int[] Swapped = [0, 2, 1];
    private readonly ByteText _text = new();

    public UInt128 Hash(World world)
    {
        var plain = Hash(world, Plain);
        if (world.Devices.Length < 3)
            return plain;
        var swapped = Hash(world, Swapped);
        return plain < swapped ? plain : swapped;
    }

    private UInt128 Hash(World world, int[] names)
    {
        _text.Clear(names);
        var left = world.Left;
        _text.Write((world.AliceGreater ? 1 : 0) | (world.HasCause ? 2 : 0));
        foreach (var count in (ReadOnlySpan<byte>)
        [
            left.AliceStarts, left.BobStarts, left.Ends, left.Rejects, left.Mutes, left.Videos, left.Losses, left.Duplicates, left.Pushes, left.Forgeries,
            left.MediaFailures, left.Disconnects, left.Negotiations, left.EarlyTimers, left.OwnAnswers, left.Holds, left.Screens, left.Crashes, left.Deaths,
        ])
        {
            _text.Write(count);
        }

        for (var i = 0; i < world.Devices.Length; i++)
            DeviceText.Write(_text, world.Devices[names[i]]);

        // By starter and count, so that two calls in another order are the same two.
        for (var starter = 0; starter < world.Devices.Length; starter++)
        {
            for (var count = 0; count < Names.MaxStarts; count++)
            {
                foreach (var call in world.Calls)
                {
                    if (Names.Starter(call.Call.Id) == names[starter] && Names.Count(call.Call.Id) == count)
                        ServerText.Write(_text, call, names, world.Devices.Length);
                }
            }
        }

        if (world.Calls.Length > 1)
        {
            for (var i = 0; i < world.Devices.Length; i++)
                ServerText.WriteOrder(_text, world, names[i]);
        }

        return StateHash.Of(_text.Bytes);
    }
}
