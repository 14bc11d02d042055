using System.Text.Json;
using Bunit;
using Calls.Blazor.Checks;
using Calls.Signaling;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Components;

public sealed class IceCheckTests : ComponentTest
{
    private static readonly IReadOnlyList<IceServer> Servers = [new() { Urls = ["turn:a.example", "turns:a.example"], Username = "anna", Credential = "pass" }];

    private readonly List<IReadOnlyList<IceCheckResult>> _checked = [];

    private IRenderedComponent<IceCheck> Show(IReadOnlyList<IceServer>? servers = null)
        => Render<IceCheck>(parameters => parameters.Add(one => one.Servers, servers ?? Servers).Add(one => one.OnChecked, results => _checked.Add(results)));

    private void Tell(IRenderedComponent<IceCheck> cut, params object[] findings)
    {
        var sink = ((DotNetObjectReference<IceFindings>)Page.To("createCheck").Last().Arguments[0]!).Value;
        foreach (var finding in findings)
            sink.OnFound(JsonSerializer.SerializeToElement(finding));
        cut.InvokeAsync(() => { }).GetAwaiter().GetResult();
    }

    private void Finish(IRenderedComponent<IceCheck> cut)
    {
        Tell(cut, new { question = 0, kind = "candidate", after = 5, text = "candidate:1 1 udp 1 192.0.2.1 5 typ host" });
        Tell(cut, new { question = 1, kind = "echo", after = 9, text = "4" }, new { question = 2, kind = "error", after = 9, code = 401, text = "Unauthorized" });
        Tell(cut, new { question = 2, kind = "over", after = 9 }, new { question = 0, kind = "over", after = 9 }, new { question = 1, kind = "over", after = 9 });
    }

    [Fact]
    public void Every_address_is_asked_for_by_itself_beside_what_the_browser_has_alone()
    {
        Show();
        ((JsonElement)Page.To("createCheck").Single().Arguments[1]!).GetRawText().Should().Be(
            """[{"url":""},{"url":"turn:a.example","username":"anna","credential":"pass"},{"url":"turns:a.example","username":"anna","credential":"pass"}]""");
    }

    [Fact]
    public void Candidates_are_shown_as_they_come_and_no_password_ever()
    {
        var cut = Show();
        Find(cut, "ice-status").TextContent.Should().Be("Checking: 0 of 3 done");
        Tell(cut, new { question = 1, kind = "candidate", after = 7.4, text = "candidate:1 1 udp 1 203.0.113.9 49160 typ relay" });
        Find(cut, "ice-candidates-1").TextContent.Should().Contain("Relay").And.Contain("203.0.113.9:49160").And.Contain("7 ms");
        Has(cut, "ice-candidates-2").Should().BeFalse();
        cut.Markup.Should().NotContain("pass");
    }

    [Fact]
    public void When_all_is_over_the_host_is_told_once_and_each_address_says_what_it_means()
    {
        var cut = Show();
        Finish(cut);
        Find(cut, "ice-status").TextContent.Should().Be("2 of 3 work");
        Find(cut, "ice-address-2").GetAttribute("data-problem").Should().Be("WrongCredentials");
        Find(cut, "ice-meaning-2").TextContent.Should().Contain("'anna'");
        _checked.Should().ContainSingle().Which.Select(one => one.Problem)
            .Should().Equal(IceCheckProblem.None, IceCheckProblem.None, IceCheckProblem.WrongCredentials);
    }

    [Fact]
    public void Checking_again_closes_the_check_before_and_forgets_what_it_found()
    {
        var cut = Show();
        Find(cut, "ice-again").HasAttribute("disabled").Should().BeTrue();
        Finish(cut);
        Find(cut, "ice-again").Click();
        Page.Functions.Should().EndWith(["close", "release createCheck", "createCheck"]);
        Find(cut, "ice-status").TextContent.Should().Be("Checking: 0 of 3 done");
        Finish(cut);
        _checked.Should().HaveCount(2);
    }

    [Fact]
    public void Other_servers_are_checked_at_once_and_the_same_ones_are_not()
    {
        var cut = Show();
        cut.Render(parameters => parameters.Add(one => one.Servers, Servers));
        Page.To("createCheck").Should().ContainSingle();
        cut.Render(parameters => parameters.Add(one => one.Servers, []));
        Page.To("createCheck").Should().HaveCount(2);
        Find(cut, "ice-no-servers").TextContent.Should().Contain("TURN");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void What_belongs_to_no_address_is_passed_over(int question)
    {
        var cut = Show();
        Tell(cut, new { question, kind = "over", after = 1 });
        Find(cut, "ice-status").TextContent.Should().Be("Checking: 0 of 3 done");
    }

    [Fact]
    public async Task A_page_that_is_left_closes_its_check()
    {
        Show();
        await DisposeComponentsAsync();
        Page.Functions.Should().Contain("close");
    }

    [Fact]
    public void A_time_out_of_range_is_refused()
        => FluentActions.Invoking(() => Render<IceCheck>(parameters => parameters.Add(one => one.Servers, Servers).Add(one => one.Timeout, TimeSpan.Zero)))
            .Should().Throw<InvalidOperationException>().WithMessage("*1 s to 60 s*");
}
