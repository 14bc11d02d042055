using System.Text.Json;
using Calls.Browser.Tests.Harness;
using Calls.Browser.Tests.Relays;
using Calls.Signaling;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>The page that checks STUN and TURN servers, in front of a real coturn.</summary>
[Collection(OnStage.Name)]
public sealed class IceCheckTests(Stage stage)
{
    private const int Own = 0;
    private const int First = 1;

    [Theory]
    [InlineData("")]
    [InlineData("&render=server")]
    public async Task S15_a_right_server_works_with_candidates_as_they_come_and_a_word_through_its_relays(string query)
    {
        await using var turn = await TurnServer.StartAsync();
        await using var cast = await new Cast(stage).OnAsync(
            $"--Signaling:IceServers:0:Urls:0={turn.Ice.Urls[0]}", $"--Signaling:IceServers:0:Username={turn.Ice.Username}", $"--Signaling:IceServers:0:Credential={turn.Ice.Credential}");
        var page = await OpenAsync(cast, Device.Desktop.Options(), query: query);
        await DoneAsync(page);
        (await ProblemAsync(page, Own)).Should().Be("None");
        (await ProblemAsync(page, First)).Should().Be("None");
        (await page.Element($"ice-meaning-{First}").TextContentAsync()).Should().Contain("came back");
        (await page.Element($"ice-candidates-{First}").Locator("[data-kind=Relay] code").First.TextContentAsync()).Should().StartWith("127.0.0.1:");
        (await page.Element("ice-status").TextContentAsync()).Should().Be("Everything works");
        page.PageErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task S15_a_wrong_password_is_told_beside_what_to_compare()
    {
        await using var turn = await TurnServer.StartAsync();
        await using var cast = await new Cast(stage).OnAsync();
        var page = await CheckAsync(cast, turn.Ice with { Credential = "wrong" });
        (await ProblemAsync(page, First)).Should().Be("WrongCredentials");
        (await page.Element($"ice-meaning-{First}").TextContentAsync()).Should().Contain("'calls', or not with this password");
        (await page.Element("ice-status").TextContentAsync()).Should().Be("1 of 2 work");
    }

    [Fact]
    public async Task S15_a_closed_port_is_told_with_what_to_open_and_a_good_server_beside_it_works()
    {
        await using var turn = await TurnServer.StartAsync();
        var closed = TurnServer.Absent();
        await using var cast = await new Cast(stage).OnAsync();
        var page = await CheckAsync(cast, closed, turn.Ice, Tcp(closed));
        (await ProblemAsync(page, First)).Should().Be("NoAnswer");
        (await page.Element($"ice-meaning-{First}").TextContentAsync()).Should().Contain($"open UDP port {closed.Urls[0].Split(':', '?')[2]}");
        (await ProblemAsync(page, First + 1)).Should().Be("None");
        (await ProblemAsync(page, First + 2)).Should().Be("NoAnswer");
        (await page.Element($"ice-meaning-{First + 2}").TextContentAsync()).Should().Contain("no TCP connection");
    }

    [Fact]
    public async Task S15_relays_that_pass_nothing_on_are_told_from_relays_that_do()
    {
        await using var turn = await TurnServer.StartAsync(passesOn: false);
        await using var cast = await new Cast(stage).OnAsync();
        var page = await CheckAsync(cast, turn.Ice);
        (await ProblemAsync(page, First)).Should().Be("NothingRelayed");
        (await page.Element($"ice-meaning-{First}").TextContentAsync()).Should().Contain("UDP 49152 to 65535");
    }

    [Fact]
    public async Task The_check_is_reached_and_left_by_keyboard_and_runs_again()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var page = await cast.PersonAsync("alice", permissions: ["microphone"]);
        await page.Element("check-link").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await DoneAsync(page);
        await page.Element("ice-again").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitAsync("() => probe.byTestId('ice-check').dataset.done === 'false'");
        await DoneAsync(page);
        await page.Element("back").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Element("me").WaitForAsync();
    }

    [Fact]
    public async Task Without_servers_the_check_says_so()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var page = await CheckAsync(cast);
        (await page.Element("ice-no-servers").TextContentAsync()).Should().Contain("TURN");
        (await ProblemAsync(page, Own)).Should().Be("None");
    }

    [Theory]
    [InlineData(Device.Desktop, ColorScheme.Light)]
    [InlineData(Device.Desktop, ColorScheme.Dark)]
    [InlineData(Device.Phone, ColorScheme.Light)]
    [InlineData(Device.Phone, ColorScheme.Dark)]
    public async Task Pictures_for_people_to_look_at(Device device, ColorScheme scheme)
    {
        await using var turn = await TurnServer.StartAsync();
        var stun = new IceServer { Urls = [turn.Ice.Urls[0].Replace("turn:", "stun:", StringComparison.Ordinal).Split('?')[0]] };
        await using var cast = await new Cast(stage).OnAsync();
        var page = await OpenAsync(cast, device.Options(scheme), device, servers: [stun, turn.Ice, turn.Ice with { Credential = "wrong" }, TurnServer.Absent()]);
        await page.WaitAsync("() => probe.byTestId('ice-candidates-2')?.children.length > 0");
        await ShootAsync("h-checking");
        await DoneAsync(page);
        await ShootAsync("i-checked");
        (await page.AskAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().Be(0, "nothing is wider than the screen");

        Task<byte[]> ShootAsync(string name) => page.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Repository.Screenshots, $"{name}-{device}-{scheme}.png".ToLowerInvariant()), Animations = ScreenshotAnimations.Disabled, FullPage = true,
        });
    }

    private async Task<CallPage> CheckAsync(Cast cast, params IceServer[] servers)
    {
        var page = await OpenAsync(cast, Device.Desktop.Options(), servers: servers);
        await DoneAsync(page);
        return page;
    }

    /// <param name="cast">The scenario.</param>
    /// <param name="options">The browser's context.</param>
    /// <param name="device">What the page is held in.</param>
    /// <param name="query">More of the address.</param>
    /// <param name="servers">What the page is told instead of what the sample is configured with.</param>
    private async Task<CallPage> OpenAsync(Cast cast, BrowserNewContextOptions options, Device device = Device.Desktop, string query = "", IceServer[]? servers = null)
    {
        var context = await cast.ContextAsync(options: options);
        await context.GrantPermissionsAsync(["microphone"]); // Without it, Chromium uses the way to the internet alone, and there is none here.
        var page = await CallPage.NewAsync(context, stage.Somebody("alice"), device);
        if (servers is not null)
            await page.Page.RouteAsync("**/ice-servers?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(servers, JsonSerializerOptions.Web) }));
        await page.Page.GotoAsync(new Uri(cast.Server.Address, $"check?user={page.User}{query}").ToString());
        await page.Element("ice-check").WaitForAsync(); // The page's code may take a while; the check has its own time.
        return page;
    }

    private static async Task DoneAsync(CallPage page)
    {
        await page.Element("ice-check").WaitForAsync();
        await page.WaitAsync("() => probe.byTestId('ice-check')?.dataset.done === 'true'");
    }

    private static Task<string?> ProblemAsync(CallPage page, int address) => page.Element($"ice-address-{address}").GetAttributeAsync("data-problem");

    private static IceServer Tcp(IceServer server) => server with { Urls = [server.Urls[0].Replace("=udp", "=tcp", StringComparison.Ordinal)] };
}
