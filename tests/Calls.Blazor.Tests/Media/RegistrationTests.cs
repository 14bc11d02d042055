using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Media;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Each_circuit_has_an_engine_of_its_own()
    {
        await using var provider = Provider(services => services.AddCalls().UseBrowserMedia());
        await using var one = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        var engine = one.ServiceProvider.GetRequiredService<IMediaSource>();
        engine.Should().BeOfType<BrowserMediaSource>().And.BeSameAs(one.ServiceProvider.GetRequiredService<IMediaSource>());
        engine.Should().NotBeSameAs(other.ServiceProvider.GetRequiredService<IMediaSource>());
    }

    [Fact]
    public async Task Registering_twice_is_harmless_and_the_options_add_up()
    {
        await using var provider = Provider(services => services
            .AddCalls().UseBrowserMedia(options => options.VideoWidth = 640).UseBrowserMedia(options => options.VideoHeight = 480));

        provider.GetRequiredService<IOptions<BrowserMediaOptions>>().Value.Should().BeEquivalentTo(
            new BrowserMediaOptions { VideoWidth = 640, VideoHeight = 480, VideoFrameRate = 30 });
        provider.GetServices<IValidateOptions<BrowserMediaOptions>>().Should().ContainSingle();
    }

    [Theory]
    [InlineData(15, 480, 30)]
    [InlineData(640, 4321, 30)]
    [InlineData(640, 480, 0)]
    public async Task Options_out_of_their_range_are_refused(int width, int height, int frameRate)
    {
        void Configure(BrowserMediaOptions options)
            => (options.VideoWidth, options.VideoHeight, options.VideoFrameRate) = (width, height, frameRate);
        await using var provider = Provider(services => services.AddCalls().UseBrowserMedia(Configure));

        provider.Invoking(it => it.GetRequiredService<IOptions<BrowserMediaOptions>>().Value).Should().Throw<OptionsValidationException>();
        var options = new BrowserMediaOptions();
        Configure(options);
        FluentActions.Invoking(() => new BrowserMediaSource(new ScriptedPage(), options)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static ServiceProvider Provider(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection().AddScoped<IJSRuntime, ScriptedPage>();
        configure(services);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
