using System.Globalization;

namespace Calls.ModelCheck;

/// <summary>How often each thing may still happen. A timer may always run out when no message is in flight and no media pending; early, so that it
/// races with them, it may as often as <c>EarlyTimers</c> says.</summary>
internal readonly record struct Budget(
    byte AliceStarts, byte BobStarts, byte Ends, byte Rejects, byte Mutes, byte Videos,
    byte Losses, byte Duplicates, byte Pushes, byte Forgeries, byte MediaFailures, byte Disconnects, byte Negotiations, byte EarlyTimers,
    byte OwnAnswers, byte Holds, byte Screens, byte Crashes, byte Deaths);

/// <summary>How far the search goes.</summary>
internal sealed record Bounds
{
    public int BobDevices { get; init; } = 2;

    public bool Candidates { get; init; }

    public bool Video { get; init; }

    /// <summary>Whether the engines can neither restart ICE nor take a second offer, so that a session is replaced.</summary>
    public bool Poor { get; init; }

    public int MaxStates { get; init; } = 2_000_000;

    public Budget Budget { get; init; } = new(
        AliceStarts: 1, BobStarts: 0, Ends: 1, Rejects: 1, Mutes: 0, Videos: 0,
        Losses: 1, Duplicates: 0, Pushes: 0, Forgeries: 0, MediaFailures: 0, Disconnects: 0, Negotiations: 2, EarlyTimers: 0, OwnAnswers: 0, Holds: 0,
        Screens: 0, Crashes: 0, Deaths: 0);

    /// <summary>The names of the options, as they stand on the command line and in the summary.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "bob-devices", "candidates", "video", "poor", "max-states", "alice-starts", "bob-starts", "ends", "rejects", "mutes", "videos",
        "losses", "duplicates", "pushes", "forgeries", "media-failures", "disconnects", "negotiations", "early-timers",
        "forged-own-answers", "holds", "screens", "crashes", "deaths",
    ];

    public Bounds With(string name, int value)
    {
        var count = (byte)Math.Clamp(value, 0, ModelCheck.Names.MaxStarts);
        return name switch
        {
            "bob-devices" => this with { BobDevices = Math.Clamp(value, 1, 2) },
            "candidates" => this with { Candidates = value > 0 },
            "video" => this with { Video = value > 0 },
            "poor" => this with { Poor = value > 0 },
            "max-states" => this with { MaxStates = value },
            "alice-starts" => this with { Budget = Budget with { AliceStarts = count } },
            "bob-starts" => this with { Budget = Budget with { BobStarts = count } },
            "ends" => this with { Budget = Budget with { Ends = count } },
            "rejects" => this with { Budget = Budget with { Rejects = count } },
            "mutes" => this with { Budget = Budget with { Mutes = count } },
            "videos" => this with { Budget = Budget with { Videos = count } },
            "losses" => this with { Budget = Budget with { Losses = count } },
            "duplicates" => this with { Budget = Budget with { Duplicates = count } },
            "pushes" => this with { Budget = Budget with { Pushes = count } },
            "forgeries" => this with { Budget = Budget with { Forgeries = count } },
            "media-failures" => this with { Budget = Budget with { MediaFailures = count } },
            "disconnects" => this with { Budget = Budget with { Disconnects = count } },
            "negotiations" => this with { Budget = Budget with { Negotiations = count } },
            "forged-own-answers" => this with { Budget = Budget with { OwnAnswers = count } },
            "holds" => this with { Budget = Budget with { Holds = count } },
            "screens" => this with { Budget = Budget with { Screens = count } },
            "crashes" => this with { Budget = Budget with { Crashes = count } },
            "deaths" => this with { Budget = Budget with { Deaths = count } },
            "early-timers" => this with { Budget = Budget with { EarlyTimers = count } },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"The options are: {string.Join(", ", Names)}."),
        };
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Bounds Parse(string text) => new Bounds().With(text);

    /// <summary>These bounds with some options changed: <c>name=value</c> each, and a space between.</summary>
    public Bounds With(string text)
    {
        var bounds = this;
        foreach (var part in text.Split(' '))
        {
            var pair = part.Split('=');
            bounds = bounds.With(pair[0], int.Parse(pair[1], CultureInfo.InvariantCulture));
        }

        return bounds;
    }

    public override string ToString()
    {
        var b = Budget;
        int[] values =
        [
            BobDevices, Candidates ? 1 : 0, Video ? 1 : 0, Poor ? 1 : 0, MaxStates, b.AliceStarts, b.BobStarts, b.Ends, b.Rejects, b.Mutes, b.Videos,
            b.Losses, b.Duplicates, b.Pushes, b.Forgeries, b.MediaFailures, b.Disconnects, b.Negotiations, b.EarlyTimers, b.OwnAnswers, b.Holds,
            b.Screens, b.Crashes, b.Deaths,
        ];
        return string.Join(" ", Names.Zip(values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}")));
    }
}
