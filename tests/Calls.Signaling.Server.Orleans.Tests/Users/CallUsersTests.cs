namespace Calls.Signaling.Server.Orleans.Tests;

public sealed class CallUsersTests
{
    private static readonly Party Alice = new("alice", "a1");
    private static readonly string[] Everybody = ["alice", "bob", "carol"];

    /// <summary>Whom an app may name: nobody, the caller too, one twice.</summary>
    public static TheoryData<string> Named
        => [.. Enumerable.Range(0, 4).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(Everybody.Length, length)).Select(number => string.Join(',', Choose(number, length))))];

    [Theory]
    [MemberData(nameof(Named))]
    public void Whoever_is_told_of_a_call_that_begins_is_told_when_it_is_forgotten(string named)
    {
        var rung = named.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var told = CallUsers.Of(Alice.UserId, "chat", rung);
        CallTurn turn = new(null, TimeSpan.FromDays(20_000));

        turn.Begin(
            new InitiateMessage { CallId = CallId.Parse("call-1"), Seq = 1, ChatId = "chat", Sdp = "offer" }, Alice, [.. rung.Select(user => new Callee(user, "alice"))], [],
            new RoutedCallSettings());
        CallUsers.Of(turn.Document!.Call).All.Should().Equal(told.All);
        turn.Step(at => new RoutedInput.Received(at, Alice, new EndMessage { CallId = CallId.Parse("call-1"), Seq = 2 }));
        CallUsers.Of(turn.Document!.Call).All.Should().Equal(told.All);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void The_caller_and_at_least_one_other_are_told_each_once(string named)
    {
        var told = CallUsers.Of(Alice.UserId, "chat", named.Split(',', StringSplitOptions.RemoveEmptyEntries));

        told.Caller.Should().Be(UserKey.Of("alice"));
        told.Others.Should().NotBeEmpty("an absent user is told, and takes his time").And.OnlyHaveUniqueItems().And.NotContain(told.Caller);
    }

    [Fact]
    public void Where_nobody_is_rung_somebody_stands_in_whom_no_user_is_and_who_is_another_in_every_chat()
    {
        var standIn = CallUsers.Of("alice", "chat", []).Others.Should().ContainSingle().Subject;

        standIn.Should().NotBe(UserKey.Of("chat")).And.NotBe(CallUsers.Of("alice", "another", []).Others.Single());
        CallUsers.Of("alice", "chat", ["alice"]).Others.Should().Equal(standIn);
        CallUsers.Of("alice", "chat", ["bob"]).Others.Should().Equal(UserKey.Of("bob"));
    }

    private static IEnumerable<string> Choose(int number, int length)
    {
        for (var i = 0; i < length; i++, number /= Everybody.Length)
            yield return Everybody[number % Everybody.Length];
    }
}
