using System.Text;
using System.Text.Json;
using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

/// <summary>An answered call of Alice and Bob, as a server plays it: candidates go by the open line, where that takes them, and everything else by the rules.</summary>
internal sealed class ShortWay
{
    private readonly OpenLine? _line;

    public ShortWay(RoutedCallSettings settings, bool isOpen = true)
    {
        var script = RingWith(settings, Bob);
        script.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer", Seq = 1 });
        (Call, Now) = (script.Call, script.Now);
        _line = isOpen ? new OpenLine(settings, new ReplayPages(pageBytes: 256)) : null;
    }

    public RoutedCall Call { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>How many messages took the short way.</summary>
    public int Passed { get; private set; }

    /// <summary>What was sent, and to whom.</summary>
    public List<string> Sent { get; } = [];

    public static string Text(SignalingMessage message) => Encoding.UTF8.GetString(SignalingJson.Serialize(message));

    /// <summary>The number that the call waits for.</summary>
    public int Next(Party party)
        => Call.Legs.FirstOrDefault(leg => leg.Device == DeviceKey.Of(party))?.Received + 1 ?? 1;

    public void Candidates(TimeSpan at, Party sender, int seq, int count)
    {
        Now = at;
        var message = new CandidatesMessage
        {
            CallId = Id,
            Seq = seq > 0 ? seq : null,
            Candidates = [.. Enumerable.Range(0, count).Select(i => new IceCandidate($"candidate:{i}", "0", 0))],
        };
        if (_line is not null && _line.TryOpen(Call) && CandidatesText.TryRead(SignalingJson.Serialize(message), out var text)
            && _line.TryPass(sender, JsonSerializer.SerializeToUtf8Bytes(sender, JsonSerializerOptions.Web), text, at, out var passed, out var to))
        {
            Passed++;
            Sent.Add($"{to.Device} {Text(passed.Read())}");
            passed.Return();
            return;
        }

        Step(at, new RoutedInput.Received(at, sender, message));
    }

    public void Step(TimeSpan at, RoutedInput input)
    {
        Now = at;
        Settle();
        var step = RoutedCall.Step(Call, input);
        Call = step.Call;
        Sent.AddRange(step.Effects.Select(effect => effect is RoutedEffect.Deliver deliver ? $"{deliver.To} {Text(deliver.Message)}" : effect.ToString()!));
    }

    public void Settle() => Call = _line?.Settle(Call) ?? Call;
}
