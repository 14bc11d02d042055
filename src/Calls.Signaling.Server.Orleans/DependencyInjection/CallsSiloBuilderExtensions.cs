using Calls.Signaling.Server.Orleans;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Orleans.Hosting;

/// <summary>What a silo needs for calls.</summary>
public static class CallsSiloBuilderExtensions
{
    /// <summary>Keeps membership, grain storage and reminders of this silo in Redis, and with it the calls. Every server that names the same Redis,
    /// <c>ClusterId</c> and <c>ServiceId</c> is one of them. Let Redis persist what it has (<c>appendonly yes</c>).</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">Where Redis is, as in <c>redis.example:6379,password=…</c> (StackExchange.Redis).</param>
    public static ISiloBuilder UseRedisForCalls(this ISiloBuilder silo, string configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        return silo.UseRedisForCalls(ConfigurationOptions.Parse(configuration));
    }

    /// <summary>Keeps membership, grain storage and reminders of this silo in Redis, and with it the calls.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">Where Redis is, and how it is reached.</param>
    public static ISiloBuilder UseRedisForCalls(this ISiloBuilder silo, ConfigurationOptions configuration)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(configuration);

        // A server that starts, or runs, while Redis is away waits for it.
        var redis = configuration.Clone();
        redis.AbortOnConnectFail = false;
        return silo
            .UseRedisClustering(options => options.ConfigurationOptions = redis)
            .UseRedisReminderService(options => options.ConfigurationOptions = redis)
            .AddRedisGrainStorage(CallStorage.Name, options =>
            {
                options.ConfigurationOptions = redis;
                options.DeleteStateOnClear = true;
                options.GrainStorageSerializer = new DocumentSerializer();
            });
    }

    /// <summary>A ring must not outlast a dead server for long: one that answers no probe for about two seconds is out. Orleans' own default takes some
    /// fifteen.</summary>
    internal static void FindDeathSoon(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
    }
}
