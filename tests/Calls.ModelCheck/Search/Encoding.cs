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
        _text.Write(left.AliceStarts | (left.BobStarts << 2) | (left.Ends << 4) | (left.Rejects << 6));
        _text.Write(left.Mutes | (left.Videos << 2) | (left.Losses << 4) | (left.Duplicates << 6));
        _text.Write(left.Pushes | (left.Forgeries << 2) | (left.MediaFailures << 4) | (left.Disconnects << 6));
        _text.Write(left.Negotiations | (left.EarlyTimers << 3) | (left.OwnAnswers << 6));
        _text.Write(left.Holds);
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
