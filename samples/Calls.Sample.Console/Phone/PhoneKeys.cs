namespace Calls.Sample.Console.Phone;

/// <summary>What a key does.</summary>
internal enum PhoneAct
{
    Nothing,
    ChooseUp,
    ChooseDown,
    Call,
    Accept,
    Decline,
    HangUp,
    Mute,
    Hold,
    Quit,
}

/// <summary>The keys of the phone, in each state: a pure table, so that what is shown and what works cannot differ.</summary>
internal static class PhoneKeys
{
    private static readonly (ConsoleKey Key, string Label, PhoneAct Act)[] Idle =
    [
        (ConsoleKey.UpArrow, "Up", PhoneAct.ChooseUp),
        (ConsoleKey.DownArrow, "Down", PhoneAct.ChooseDown),
        (ConsoleKey.Enter, "Enter", PhoneAct.Call),
        (ConsoleKey.Q, "Q", PhoneAct.Quit),
    ];

    private static readonly (ConsoleKey Key, string Label, PhoneAct Act)[] Ringing =
        [(ConsoleKey.A, "A", PhoneAct.Accept), (ConsoleKey.D, "D", PhoneAct.Decline), (ConsoleKey.Q, "Q", PhoneAct.Quit)];

    private static readonly (ConsoleKey Key, string Label, PhoneAct Act)[] Calling =
        [(ConsoleKey.M, "M", PhoneAct.Mute), (ConsoleKey.H, "H", PhoneAct.HangUp), (ConsoleKey.Q, "Q", PhoneAct.Quit)];

    private static readonly (ConsoleKey Key, string Label, PhoneAct Act)[] Talking =
        [(ConsoleKey.M, "M", PhoneAct.Mute), (ConsoleKey.O, "O", PhoneAct.Hold), (ConsoleKey.H, "H", PhoneAct.HangUp), (ConsoleKey.Q, "Q", PhoneAct.Quit)];

    /// <summary>What <paramref name="key"/> does in <paramref name="state"/>.</summary>
    public static PhoneAct Act(CallState state, ConsoleKey key) => In(state).FirstOrDefault(one => one.Key == key).Act;

    /// <summary>The keys that do something, and what.</summary>
    public static IEnumerable<(string Label, string Does)> Shown(CallSnapshot call) => In(call.State)
        .Where(one => one.Act != PhoneAct.ChooseDown)
        .Select(one => (one.Act == PhoneAct.ChooseUp ? "Up/Down" : one.Label, Words(one.Act, call)));

    private static (ConsoleKey Key, string Label, PhoneAct Act)[] In(CallState state) => state switch
    {
        CallState.IncomingRinging => Ringing,
        CallState.Outgoing or CallState.Connecting => Calling,
        CallState.Connected => Talking,
        _ => Idle,
    };

    private static string Words(PhoneAct act, CallSnapshot call) => act switch
    {
        PhoneAct.ChooseUp => "choose",
        PhoneAct.Call => "call",
        PhoneAct.Accept => "accept",
        PhoneAct.Decline => "decline",
        PhoneAct.HangUp => call.State == CallState.Connected ? "hang up" : "give up",
        PhoneAct.Mute => call.IsMuted ? "unmute" : "mute",
        PhoneAct.Hold => call.IsOnHold ? "take off hold" : "hold",
        _ => "quit",
    };
}
