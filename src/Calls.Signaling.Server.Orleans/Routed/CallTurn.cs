using System.Collections.Immutable;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What happens to a call between two looks at the storage: the inputs of one or several requests, and what they bring, which must not leave
/// before it is stored. Knows no grain.</summary>
internal sealed class CallTurn
{
    private readonly CallDocument? _before;
    private readonly List<Outgoing> _outgoing = [];
    private readonly List<Callee> _notices = [];

    public CallTurn(CallDocument? document, TimeSpan now) => (_before, Document, Now) = (document, document, now);

    public CallDocument? Document { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>Whether there is something to store.</summary>
    public bool IsChanged => !ReferenceEquals(Document, _before);

    /// <summary>Whether nothing is left to do or to remember.</summary>
    public bool IsForgotten { get; private set; }

    public IReadOnlyList<Outgoing> Outgoing => _outgoing;

    public IReadOnlyList<Callee> Notices => _notices;

    public Leg? LegOf(DeviceKey device)
        => Document is { Call: { } call } && call.FindLeg(device) is >= 0 and var index ? call.Legs[index] : null;

    /// <summary>Begins the call.</summary>
    public void Begin(
        InitiateMessage initiate, Party caller, IReadOnlyList<Callee> callees, ImmutableArray<Link> links, RoutedCallSettings settings)
    {
        Party[] online = [.. links.Where(link => callees.Any(callee => callee.UserId == link.UserId)).Select(link => link.Party)];
        var step = RoutedCall.Start(initiate, caller, callees, online, settings, Tick());
        Document = new CallDocument { Call = step.Call, Links = links, At = Now };
        Carry(step);
    }

    /// <summary>Takes an input.</summary>
    /// <param name="input">The input, at the time that it is given.</param>
    /// <param name="asking">Who waits for a reply: refusals of his go there.</param>
    /// <param name="resuming">Who resumes: what he missed goes into the reply too.</param>
    public RoutedStep Step(Func<TimeSpan, RoutedInput> input, Link? asking = null, Link? resuming = null)
    {
        var step = RoutedCall.Step(Document!.Call, input(Tick()));
        if (!ReferenceEquals(step.Call, Document.Call))
            Document = Document with { Call = step.Call, At = Now };
        Carry(step, asking?.Device, resuming?.Device);
        return step;
    }

    /// <summary>A connection of a device has come; nothing happens if it is known, or older than one that is.</summary>
    public void Attach(Link link)
    {
        var known = Document!.Find(link.Device);
        if (known is not null && known.Epoch >= link.Epoch)
            return;
        if (known is not null)
            Step(at => new RoutedInput.Disconnected(at, link.Device));
        Document = Document.With(link);
        Step(at => new RoutedInput.Connected(at, link.Party));
    }

    /// <summary>A connection has gone; nothing happens if it was not the device's last.</summary>
    public void Detach(DeviceKey device, Guid connection)
    {
        if (Document!.Find(device) is not { } known || known.Connection != connection)
            return;
        Document = Document.Without(known);
        Step(at => new RoutedInput.Disconnected(at, device));
    }

    /// <summary>Fires what is due.</summary>
    public void Fire()
    {
        while (Document is not null && !IsForgotten && Document.Deadlines.FirstOrDefault(deadline => deadline.At <= Now) is { At: { Ticks: > 0 } } due)
        {
            Document = Document.Without(due.Timer);
            Step(at => new RoutedInput.TimerFired(at, due.Timer));
        }
    }

    public ErrorMessage Refusal(RoutedEffect.Refuse refuse) => new() { Code = refuse.Code, Message = refuse.Text, CallId = Document!.Call.Id };

    private TimeSpan Tick() => Now += TimeSpan.FromTicks(1);

    private void Carry(RoutedStep step, DeviceKey? asking = null, DeviceKey? resuming = null)
    {
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case RoutedEffect.Deliver deliver when deliver.To != resuming:
                    Send(deliver.To, deliver.Message, deliver.Message.Seq ?? 0);
                    break;
                case RoutedEffect.Refuse refuse when refuse.To != asking:
                    Send(refuse.To, Refusal(refuse), 0);
                    break;
                case RoutedEffect.SetTimer set:
                    Document = Document!.With(set.Timer, Now + set.Due);
                    break;
                case RoutedEffect.CancelTimer cancel:
                    Document = Document!.Without(cancel.Timer);
                    break;
                case RoutedEffect.Notify notify:
                    _notices.Add(notify.Callee);
                    break;
                case RoutedEffect.Forget:
                    IsForgotten = true;
                    break;
            }
        }
    }

    private void Send(DeviceKey to, SignalingMessage message, int seq)
    {
        if (Document!.Find(to) is { } link)
            _outgoing.Add(new Outgoing(link, message, seq, Now));
    }
}

/// <summary>A message that leaves once the call is stored.</summary>
/// <param name="To">The connection.</param>
/// <param name="Message">The message.</param>
/// <param name="Seq">Its number in the call's stream; 0: none.</param>
/// <param name="At">When.</param>
internal readonly record struct Outgoing(Link To, SignalingMessage Message, int Seq, TimeSpan At);
