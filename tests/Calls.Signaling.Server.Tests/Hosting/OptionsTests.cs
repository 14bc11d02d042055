using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<CallSignalingOptions>> OutOfRange => new()
    {
        { "RingTimeout", o => o.RingTimeout = TimeSpan.FromSeconds(0.9) },
        { "RingTimeout", o => o.RingTimeout = TimeSpan.FromMinutes(10.1) },
        { "ResumeWindow", o => o.ResumeWindow = TimeSpan.Zero },
        { "KeepAliveInterval", o => o.KeepAliveInterval = TimeSpan.Zero },
        { "KeepAliveTimeout", o => o.KeepAliveTimeout = TimeSpan.FromHours(1) },
        { "CloseTimeout", o => o.CloseTimeout = TimeSpan.Zero },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("app.example") },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("https://app.example/path") },
        { "IceServers", o => o.IceServers.Add(new IceServer { Urls = ["http://x"] }) },
        { "IceServers", o => o.IceServers.Add(new IceServer()) },
        { "UserId", o => o.UserId = null! },
        { "DisplayName", o => o.DisplayName = null! },
        { "Limits.MaxMessageBytes", o => o.Limits.MaxMessageBytes = 1023 },
        { "Limits.MaxCandidatesPerCall", o => o.Limits.MaxCandidatesPerCall = 0 },
        { "Limits.MessagesPerSecond", o => o.Limits.MessagesPerSecond = 0 },
        { "Limits.MessageBurst", o => o.Limits.MessageBurst = 0 },
        { "Limits.MalformedPerMinute", o => o.Limits.MalformedPerMinute = 11 },
        { "Limits.MaxCallsPerUser", o => o.Limits.MaxCallsPerUser = 0 },
        { "Limits.MaxRingsPerTarget", o => o.Limits.MaxRingsPerTarget = 0 },
        { "Limits.MaxRingsPerUser", o => o.Limits.MaxRingsPerUser = 0 },
        { "Limits.RingWindow", o => o.Limits.RingWindow = TimeSpan.Zero },
        { "Limits.SendQueueLength", o => o.Limits.SendQueueLength = 7 },
        { "Limits.MaxKeptMessages", o => o.Limits.MaxKeptMessages = 300 },
        { "Limits.MaxDevicesPerUser", o => o.Limits.MaxDevicesPerUser = 0 },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task An_option_out_of_its_range_stops_the_host_at_start_and_is_named(string option, Action<CallSignalingOptions> breakIt)
    {
        var start = async () => await SignalingServer.StartAsync(breakIt);
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage($"*CallSignalingOptions.{option}*");
    }

    [Fact]
    public void The_defaults_are_those_of_the_protocol()
    {
        var options = new CallSignalingOptions();
        options.RingTimeout.Should().Be(TimeSpan.FromSeconds(45));
        options.ResumeWindow.Should().Be(TimeSpan.FromSeconds(30));
        options.Limits.MaxMessageBytes.Should().Be(65_536);
        options.Limits.MaxCandidatesPerCall.Should().Be(256);
        (options.KeepAliveInterval + options.KeepAliveTimeout).Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
        new CallSignalingOptionsValidator().Validate(null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Adding_twice_adds_options_up_and_services_once()
    {
        var services = new ServiceCollection();
        var first = services.AddCallSignaling(o => o.RingTimeout = TimeSpan.FromSeconds(20));
        var count = services.Count;
        var second = services.AddCallSignaling(o => o.ResumeWindow = TimeSpan.FromSeconds(10));

        second.Should().BeSameAs(first);
        services.Count.Should().Be(count + 1, "only the second options action came");
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<CallSignalingOptions>>().Value;
        (options.RingTimeout, options.ResumeWindow).Should().Be((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Mapping_without_adding_says_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var map = () => app.MapCallWebSocket("/calls");
        map.Should().Throw<InvalidOperationException>().WithMessage("*AddCallSignaling*");
    }
}
