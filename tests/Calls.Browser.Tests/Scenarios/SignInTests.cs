using System.Net;
using System.Net.WebSockets;
using System.Text;
using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>The sample's sign-in.</summary>
[Collection(OnStage.Name)]
public sealed class SignInTests(Stage stage)
{
    private const string Closed = "--Sample:DevelopmentSignIn=false";

    [Theory]
    [InlineData("", "type a name")]
    [InlineData("   ", "type a name")]
    [InlineData("<b>x</b>", "letters, digits")]
    [InlineData("...", "at least one letter")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijkl", "at most 32")]
    public async Task A_name_that_will_not_do_gets_a_sentence_and_may_be_corrected(string name, string sentence)
    {
        await using var cast = await new Cast(stage).OnAsync(Closed);
        var page = await CallPage.NewAsync(await cast.ContextAsync());
        await page.Page.GotoAsync(cast.Server.Address.ToString());
        await page.Element("name").FillAsync(name);
        await page.Page.EvaluateAsync("document.querySelector('form').noValidate = true");
        await page.PressAsync("sign-in");
        (await page.Element("sign-in-problem").InnerTextAsync()).Should().Contain(sentence);

        await page.Element("name").FillAsync("Zoë O'Hara");
        await page.PressAsync("sign-in");
        (await page.Element("me").InnerTextAsync()).Should().Be("Zoë O'Hara");
    }

    [Fact]
    public async Task A_tab_stays_signed_in_over_a_reload_and_signs_out()
    {
        await using var cast = await new Cast(stage).OnAsync(Closed);
        var page = await CallPage.NewAsync(await cast.ContextAsync());
        await page.Page.GotoAsync(cast.Server.Address.ToString());
        (await page.Element("call-state").InnerTextAsync()).Should().Be("idle");
        await page.Element("name").FillAsync(stage.Somebody("Nina"));
        await page.PressAsync("sign-in");
        await page.Element("me").WaitForAsync();

        await page.Page.ReloadAsync();
        await page.Element("me").WaitForAsync();

        await page.PressAsync("sign-out");
        await page.Element("name").WaitForAsync();
        await page.Page.ReloadAsync();
        await page.Element("name").WaitForAsync();
    }

    [Fact]
    public async Task Who_is_online_is_live_without_oneself_and_says_what_to_do_when_nobody_is()
    {
        // A server of its own: nobody else may be there.
        await using var cast = await new Cast(stage).OnAsync("--Signaling:RingTimeout=00:00:44");
        var first = await cast.PersonAsync("first");
        (await first.Element("nobody").InnerTextAsync()).Should().Contain("another tab");

        var second = await cast.PersonAsync("second");
        await Cast.MeetAsync(first, second);
        (await first.Element($"person-{first.User}").CountAsync()).Should().Be(0);
        await second.Page.CloseAsync();
        await first.Element("nobody").WaitForAsync();
    }

    [Fact]
    public async Task Without_development_sign_in_an_address_signs_nobody_in()
    {
        await using var cast = await new Cast(stage).OnAsync(Closed);
        var page = await CallPage.NewAsync(await cast.ContextAsync());
        await page.Page.GotoAsync(new Uri(cast.Server.Address, "?user=mallory").ToString());
        (await page.Element("sign-in-notice").InnerTextAsync()).Should().Contain("DevelopmentSignIn");
        (await page.Element("me").CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(Closed, HttpStatusCode.Unauthorized)]
    [InlineData("--Sample:DevelopmentSignIn=true", HttpStatusCode.OK)]
    public async Task A_plain_client_without_a_cookie_is_let_in_only_by_development_sign_in(string setting, HttpStatusCode people)
    {
        var server = await stage.ServerAsync(setting);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(server.Address, "people?user=carol"), HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(people);

        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(new Uri(server.Address, "calls?user=carol&device=d1")) { Scheme = "ws" }.Uri;
        var connect = () => socket.ConnectAsync(address, CancellationToken.None);
        if (people is HttpStatusCode.OK)
        {
            await connect.Should().NotThrowAsync();
            var buffer = new byte[4096];
            var welcome = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            Encoding.UTF8.GetString(buffer, 0, welcome.Count).Should().Contain("call:welcome").And.Contain("\"carol\"");
        }
        else
        {
            await connect.Should().ThrowAsync<WebSocketException>();
            socket.HttpStatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_in_the_browsers_cookie_is_refused()
    {
        var server = await stage.ServerAsync(Closed);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var signIn = await http.PostAsync(new Uri("sign-in", UriKind.Relative), new StringContent("""{"name":"Dora"}""", Encoding.UTF8, "application/json"));
        signIn.StatusCode.Should().Be(HttpStatusCode.OK);

        using var mine = await http.GetAsync(new Uri("people?user=dora", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var other = await http.GetAsync(new Uri("people?user=eve", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var nobody = await http.GetAsync(new Uri("people", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        mine.StatusCode.Should().Be(HttpStatusCode.OK);
        other.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        nobody.StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_of_another_site_signs_nobody_in()
    {
        var server = await stage.ServerAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("sign-in", UriKind.Relative))
        {
            Content = new StringContent("""{"name":"Dora"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await http.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }
}
