namespace Calls.Signaling.Server;

/// <summary>In what order a device that comes back hears what it missed of several calls.</summary>
public static class ReplayOrder
{
    /// <summary>
    /// Merges what several calls replay to one device, by the time at which each message was sent first. Call by call, an older offer could
    /// come after the answer that had settled glare against it, and would be taken for a new call. Pure.
    /// </summary>
    /// <param name="device">The device that came back.</param>
    /// <param name="steps">What came of <see cref="RoutedInput.Resumed"/> in each of its calls. The order is exact if the host gives every input of
    /// all its calls a time of its own; at equal times the calls keep the order of this list.</param>
    /// <returns>The messages for the device, oldest first; those of one call in the order of their <c>seq</c>.</returns>
    public static IReadOnlyList<CallMessage> Merge(DeviceKey device, IReadOnlyList<RoutedStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        List<KeptMessage> messages = [];
        foreach (var step in steps)
            messages.AddRange(Replayed(device, step));

        // A stable sort: the messages of one call are in order already.
        return [.. messages.OrderBy(message => message.At).Select(message => message.Message)];
    }

    /// <summary>What one call replays to a device, each with the time at which it was sent first.</summary>
    internal static IEnumerable<KeptMessage> Replayed(DeviceKey device, RoutedStep step)
    {
        foreach (var effect in step.Effects)
        {
            if (effect is RoutedEffect.Deliver deliver && deliver.To == device)
                yield return new KeptMessage(deliver.Message, SentAt(step.Call, deliver));
        }
    }

    private static TimeSpan SentAt(RoutedCall call, RoutedEffect.Deliver deliver)
    {
        foreach (var leg in call.Legs)
        {
            if (leg.Device != deliver.To)
                continue;
            foreach (var kept in leg.Outbox)
            {
                if (kept.Seq == deliver.Message.Seq)
                    return kept.At;
            }
        }

        return TimeSpan.MaxValue;
    }
}
