using Calls.Media;
using Calls.Sample.Console.People;
using Calls.Signaling;

namespace Calls.Sample.Console.Phone;

/// <summary>All that the phone shows, at one moment.</summary>
internal sealed record PhoneView
{
    /// <summary>Whose phone it is.</summary>
    public required string User { get; init; }

    /// <summary>The call.</summary>
    public CallSnapshot Call { get; init; } = CallSnapshot.Idle;

    /// <summary>How the last call ended; null: there was none yet.</summary>
    public CallEnd? LastEnd { get; init; }

    /// <summary>The signaling connection.</summary>
    public ChannelStatus? Signaling { get; init; }

    /// <summary>The others who are online.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Which of them is chosen.</summary>
    public int Chosen { get; init; }

    /// <summary>How the connection does.</summary>
    public MediaStatistics? Quality { get; init; }

    /// <summary>The last trouble; null: none.</summary>
    public string? Trouble { get; init; }

    /// <summary>The time, for the length of the call.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The same with the list of people; the choice stays on who was chosen.</summary>
    public PhoneView With(IReadOnlyList<Person> people)
    {
        var chosen = Chosen < People.Count ? people.ToList().FindIndex(person => person.User == People[Chosen].User) : 0;
        return this with { People = people, Chosen = Math.Max(0, chosen) };
    }

    /// <summary>The same with another choice.</summary>
    public PhoneView Move(int step) => this with { Chosen = People.Count == 0 ? 0 : Math.Clamp(Chosen + step, 0, People.Count - 1) };
}
