using Calls.Media.SIPSorcery.Tests.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Media.SIPSorcery.Tests.Registration;

public class RegistrationTests
{
    [Fact]
    public async Task The_engine_is_chosen_with_its_options()
    {
        await using var services = Services(options => options.Microphone = _ => new(new ToneSource(440)));
        services.GetRequiredService<IMediaSource>().Should().BeOfType<SIPSorceryMediaSource>().Which.Capabilities.Should().Be(MediaCapabilities.Statistics);
    }

    [Fact]
    public async Task It_says_video_and_screen_where_there_are_any()
    {
        await using var services = Services(options =>
        {
            options.Microphone = _ => new(new ToneSource(440));
            options.Screen = _ => new(new ClipSource(1));
        });
        services.GetRequiredService<IMediaSource>().Capabilities.Should().Be(MediaCapabilities.Statistics | MediaCapabilities.Video | MediaCapabilities.ScreenShare);
    }

    [Fact]
    public async Task Without_a_microphone_the_host_does_not_start()
    {
        await using var services = Services(_ => { });
        var start = () => services.GetRequiredService<IStartupValidator>().Validate();
        start.Should().Throw<OptionsValidationException>().WithMessage("*Microphone is missing*");
        var make = () => new SIPSorceryMediaSource(new());
        make.Should().Throw<ArgumentException>().WithMessage("*Microphone is missing*");
    }

    [Fact]
    public async Task Without_a_video_format_the_host_does_not_start()
    {
        await using var services = Services(options =>
        {
            options.Microphone = _ => new(new ToneSource(440));
            options.VideoFormats.Clear();
        });
        var start = () => services.GetRequiredService<IStartupValidator>().Validate();
        start.Should().Throw<OptionsValidationException>().WithMessage("*VideoFormats is empty*");
    }

    private static ServiceProvider Services(Action<SIPSorceryMediaOptions> configure)
    {
        ServiceCollection services = new();
        services.AddCalls().UseSIPSorceryMedia(configure);
        return services.BuildServiceProvider();
    }
}
