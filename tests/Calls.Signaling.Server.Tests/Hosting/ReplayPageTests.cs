using System.Text;

namespace Calls.Signaling.Server.Tests;

public sealed class ReplayPageTests
{
    private static readonly CallId Call = CallId.Parse("call-1");
    private static readonly byte[] From = """{"userId":"alice","deviceId":"a1"}"""u8.ToArray();

    [Fact]
    public void What_is_kept_is_read_again_with_its_number_its_call_and_its_sender()
    {
        var page = new ReplayPages().Rent(Call, From, 100);
        var (first, second) = (page.Add(7, Candidates("one")), page.Add(8, Candidates("two")));

        page.Read(first).Should().BeEquivalentTo(Message(7, "one"));
        page.Read(second).Should().BeEquivalentTo(Message(8, "two"));
        page.SeqOf(second).Should().Be(8);
    }

    [Fact]
    public void A_page_is_for_one_sender_and_has_an_end()
    {
        var page = new ReplayPages(pageBytes: 64).Rent(Call, From, 10);

        page.HasRoom(From, Candidates("one")).Should().BeTrue();
        page.HasRoom([.. From], Candidates("one")).Should().BeFalse("the sender may have come back with another name");
        page.Add(1, Candidates("one"));
        page.HasRoom(From, Candidates("one")).Should().BeFalse();
    }

    [Fact]
    public void What_is_larger_than_a_page_has_one_of_its_own_that_is_not_used_again()
    {
        var pages = new ReplayPages(pageBytes: 64);
        var name = new string('x', 500);
        var page = pages.Rent(Call, From, ReplayPage.LengthOf(Candidates(name)));

        page.Read(page.Add(1, Candidates(name))).Should().BeEquivalentTo(Message(1, name));
        page.Release();
        page.Release();
        pages.Rent(Call, From, 10).Should().NotBeSameAs(page);
    }

    [Fact]
    public void A_page_is_used_again_when_nobody_has_it_any_more_and_nothing_is_left_in_it()
    {
        var pages = new ReplayPages();
        var page = pages.Rent(Call, From, 100);
        var place = page.Add(1, Candidates("one"));
        page.Release();
        pages.Rent(Call, From, 100).Should().NotBeSameAs(page, "its message still has it");

        page.Release();

        pages.Rent(Call, From, 100).Should().BeSameAs(page);
        page.SeqOf(place).Should().Be(0);
    }

    private static byte[] Candidates(string candidate) => Encoding.ASCII.GetBytes($$"""[{"candidate":"{{candidate}}","sdpMid":"0"}]""");

    private static CandidatesMessage Message(int seq, string candidate) => new()
    {
        CallId = Call,
        Seq = seq,
        From = new Party("alice", "a1", null),
        Candidates = [new IceCandidate(candidate, "0", null)],
    };
}
