using Calls.Machine;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>Messages, descriptions and candidates of one call never change another.</summary>
internal static class OwnCallOnly
{
    public static void Candidates(World world, Device device, Session session, IReadOnlyList<IceCandidate> candidates)
    {
        foreach (var candidate in candidates)
            Check(world, device, session, candidate.Candidate);
    }

    public static void Description(World world, Device device, Session session, string sdp) => Check(world, device, session, sdp);

    /// <summary>Only an offer may bear on another call: glare, and a recall.</summary>
    public static void Taken(World world, Device device, MachineState before, CallMessage message)
    {
        if (message is not OfferMessage && before.Call is { } call && call.Id != message.CallId && !ReferenceEquals(call, device.State.Call))
            world.Break(nameof(OwnCallOnly), $"{message.GetType().Name} of {message.CallId} changed {call.Id} at {Names.Title(device.Index)}");
    }

    private static void Check(World world, Device device, Session session, string text)
    {
        if (!Names.CallOf(text).SequenceEqual(session.Call.Value))
            world.Break(nameof(OwnCallOnly), $"{text} was given to the session of {session.Call} at {Names.Title(device.Index)}");
    }
}
