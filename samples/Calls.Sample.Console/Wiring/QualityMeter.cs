using Calls.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calls.Sample.Console.Wiring;

/// <summary>Stands between the calls and their engine, and remembers the connection, so that a host can ask how it does.</summary>
internal sealed class QualityMeter(IMediaSource engine) : IMediaSource
{
    private IMediaSession? _session;

    /// <inheritdoc/>
    public MediaCapabilities Capabilities => engine.Capabilities;

    /// <summary>How the connection does; null where there is none, or it does not know.</summary>
    public async Task<MediaStatistics?> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return Volatile.Read(ref _session) is { } session ? await session.GetStatisticsAsync(cancellationToken) : null;
        }
        catch (MediaException)
        {
            // The call is over.
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default) => engine.OpenAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        var session = await engine.ConnectAsync(options, cancellationToken);
        Volatile.Write(ref _session, session);
        return session;
    }
}

/// <summary>Puts the meter in.</summary>
internal static class QualityServices
{
    /// <summary>Measures whatever engine was chosen before.</summary>
    public static void MeasureQuality(this IServiceCollection services)
    {
        var engine = services.Last(service => service.ServiceType == typeof(IMediaSource)).ImplementationFactory!;
        services.AddSingleton(provider => new QualityMeter((IMediaSource)engine(provider)));
        services.Replace(ServiceDescriptor.Singleton<IMediaSource>(provider => provider.GetRequiredService<QualityMeter>()));
    }
}
