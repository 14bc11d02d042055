using System.Net;
using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

public class LocalAddressesTests
{
    private static readonly IPAddress One = IPAddress.Parse("10.0.0.1"), Two = IPAddress.Parse("10.0.0.2");

    [Fact]
    public void B36_Of_two_that_ask_at_once_the_older_answer_does_not_bring_back_what_is_gone()
    {
        LocalAddresses addresses = null!;
        var asked = 0;
        addresses = new LocalAddresses(() =>
        {
            if (++asked > 1)
                return [Two];
            // While this answer is under way an address goes, and another thread is told of it.
            addresses.Refresh();
            return [One, Two];
        });
        List<IReadOnlyList<IPAddress>> told = [];
        addresses.Changed += () => told.Add(addresses.All);

        addresses.Refresh();

        addresses.All.Should().Equal(Two);
        told.Should().ContainSingle().Which.Should().Equal(Two);
    }

    [Fact]
    public void B36_Where_the_system_does_not_say_what_is_known_stays()
    {
        IPAddress[]? now = null;
        LocalAddresses addresses = new(() => now);
        addresses.Get(withLoopback: false).Should().Equal(IPAddress.Loopback);
        now = [One];
        addresses.Refresh();
        now = null;
        addresses.Refresh();
        addresses.Get(withLoopback: false).Should().Equal(One);
    }

    [Fact]
    public void The_loopback_counts_where_it_is_asked_for_or_there_is_nothing_else()
    {
        IPAddress[] now = [One, IPAddress.Loopback];
        LocalAddresses addresses = new(() => now);
        addresses.Get(withLoopback: false).Should().Equal(One);
        addresses.Get(withLoopback: true).Should().Equal(One, IPAddress.Loopback);
        now = [IPAddress.Loopback];
        addresses.Refresh();
        addresses.Get(withLoopback: false).Should().Equal(IPAddress.Loopback);
    }
}
