using Calls.Sample.Console.Wiring;
using Calls.Signaling;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary>One call from its begin to its end, with its states on the console.</summary>
internal sealed class OneCall(IAnsiConsole console, CallClient client, TimeProvider time)
{
    /// <summary>Begins the call, talks for <paramref name="duration"/>, or until the other side hangs up, and returns the exit code.</summary>
    public async Task<int> RunAsync(string user, Func<Task> begin, TimeSpan duration, CancellationToken cancellationToken)
    {
        StateLog log = new(console, time);
        using var states = log.Follow(user, client.Manager);
        try
        {
            await client.Manager.ConnectAsync(cancellationToken);
            await begin();
            var call = await client.Manager.UntilConnectedOrOverAsync(cancellationToken);
            if (call.State != CallState.Connected)
                return 1;
            await Task.WhenAny(Task.Delay(duration, time, cancellationToken), client.Manager.UntilOverAsync(cancellationToken));
            var quality = await client.Quality.ReadAsync(cancellationToken);
            await client.Manager.EndAsync(cancellationToken);
            await client.Manager.UntilOverAsync(cancellationToken);
            console.WriteLine(QualityText.Line(quality));
            return 0;
        }
        catch (Exception trouble) when (trouble is CallException or SignalingException or TimeoutException)
        {
            console.WriteLine(trouble.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            console.WriteLine("Stopped.");
            return 130;
        }
    }
}
