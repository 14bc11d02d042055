namespace Calls.Signaling.Server.Tests;

public sealed class ValueArrayTests
{
    [Fact]
    public void Two_lists_that_grow_from_one_do_not_see_each_others_elements()
    {
        var root = Of(1, 2, 3);
        var left = root.Add(4).Add(5);
        var right = root.Add(6);
        var late = root.Add(7);

        root.Should().Equal(1, 2, 3);
        left.Should().Equal(1, 2, 3, 4, 5);
        right.Should().Equal(1, 2, 3, 6);
        late.Should().Equal(1, 2, 3, 7);
    }

    [Fact]
    public void What_is_skipped_or_replaced_in_one_list_stays_in_the_others()
    {
        var list = Of(1, 2, 3, 4);
        var rest = list.Skip(2);
        rest.Add(9).Should().Equal(3, 4, 9);
        list.With(0, 8).Should().Equal(8, 2, 3, 4);
        rest.With(0, 7).Add(6).Should().Equal(7, 4, 6);
        list.Should().Equal(1, 2, 3, 4);
        rest.Should().Equal(3, 4);
        list.Skip(4).Should().BeEmpty();
        list.Skip(0).Should().Equal(list);
    }

    [Fact]
    public void Lists_are_equal_by_their_elements_wherever_these_are_kept()
    {
        var one = Of(0, 1, 2).Skip(1);
        var other = Of(1, 2);
        (one == other, one.GetHashCode() == other.GetHashCode()).Should().Be((true, true));
        (one == other.Add(3), default(ValueArray<int>) == one.Skip(2)).Should().Be((false, true));
    }

    [Fact]
    public void A_list_that_drops_one_for_each_that_it_takes_takes_no_more_room_than_twice_what_it_holds()
    {
        var list = Of([.. Enumerable.Range(0, 100)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 10_100; i++)
            list = list.Skip(1).Add(i);
        list.Should().Equal(Enumerable.Range(10_000, 100));
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 10_000).Should().BeLessThan(40, "one copy of a hundred in a hundred");
    }

    [Fact]
    public void Lists_that_grow_from_one_on_many_threads_at_once_each_have_their_own_element()
    {
        var root = Of(1, 2).Add(3).Skip(1);
        var grown = new ValueArray<int>[64];
        Parallel.For(0, grown.Length, i => grown[i] = root.Add(i));
        for (var i = 0; i < grown.Length; i++)
            grown[i].Should().Equal(2, 3, i);
    }

    private static ValueArray<int> Of(params int[] items)
    {
        ValueArray<int> list = default;
        foreach (var item in items)
            list = list.Add(item);
        return list;
    }
}
