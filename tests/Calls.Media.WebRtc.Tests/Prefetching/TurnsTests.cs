using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Tests.Prefetching;

public class TurnsTests
{
    [Fact]
    public void Some_are_prepared_together_step_by_step_before_the_first_of_them_has_its_turn()
    {
        List<string> heard = [];
        One[] all = [.. "abcdefghij".Select(name => new One(name, heard))];
        for (var i = 0; i < all.Length; i++)
        {
            Turns.Prepare<One>(all, i);
            heard.Add($"{all[i].Name}!");
        }

        string.Concat(heard).Should().StartWith("a0b0c0d0e0f0g0h0a1b1c1").And.Contain("h9a!b!c!d!e!f!g!h!i0j0i1j1").And.EndWith("i9j9i!j!");
    }

    [Fact]
    public void What_is_not_there_is_not_fetched()
        => FluentActions.Invoking(() => CacheLines.Fetch((object?)null, lines: 3)).Should().NotThrow();

    [Fact]
    public void What_lies_behind_an_object_may_be_asked_for()
        => FluentActions.Invoking(() => CacheLines.Fetch(new object(), lines: 1_000)).Should().NotThrow();

    private sealed class One(char name, List<string> heard) : IPrefetched
    {
        public char Name => name;

        public void Prefetch(int step) => heard.Add($"{name}{step}");
    }
}
