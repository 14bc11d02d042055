using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR;

/// <summary>
/// One live connection. The first thing that counts is the server's welcome, and it tells in what form the server speaks: a JSON object on SignalR's JSON
/// protocol, bytes on a binary one. The channel answers in the same.
/// </summary>
internal sealed class HubLink : IChannelConnection
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);
    private static readonly Type[] Argument = [typeof(object)];

    private readonly Channel<SignalingMessage> _arrived = Channel.CreateUnbounded<SignalingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<SignalingException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubConnection _hub;
    private readonly int _limit;
    private readonly Func<Task> _end;
    private readonly ILogger _log;
    private readonly IDisposable _receiving;
    private bool _isBinary;

    /// <param name="hub">The connection; started or not.</param>
    /// <param name="limit">The largest message, in bytes.</param>
    /// <param name="end">Ends what the link has begun.</param>
    /// <param name="log">Where to log.</param>
    public HubLink(HubConnection hub, int limit, Func<Task> end, ILogger log)
    {
        (_hub, _limit, _end, _log) = (hub, limit, end, log);
        hub.Closed += LostAsync;
        hub.Reconnecting += LostAsync;
        _receiving = hub.On("Receive", Argument, static (arguments, state) => ((HubLink)state).TakeAsync(arguments[0]), this);
    }

    /// <summary>The end of the channel's own connection.</summary>
    public static Func<Task> DisposeOf(HubConnection hub) => () => hub.DisposeAsync().AsTask();

    /// <summary>The end of taking part in a connection of the app.</summary>
    public static Func<Task> LeaveOf(HubConnection hub) => () => hub.State == HubConnectionState.Connected ? hub.SendCoreAsync("Leave", []) : Task.CompletedTask;

    /// <summary>Completes when the server's first message is there.</summary>
    /// <exception cref="SignalingException">The connection was lost before.</exception>
    public async Task WelcomedAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(_welcomed.Task, _lost.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (first == _lost.Task)
            throw await _lost.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task SendAsync(SignalingMessage message, CancellationToken cancellationToken)
    {
        if (_lost.Task.IsCompleted)
            throw new SignalingException("The connection was lost before the message was sent.");
        var argument = SignalingArgument.Of(message, _isBinary);
        if (SignalingArgument.TryGetUtf8(argument, out var utf8) && utf8.Length > _limit)
            throw new SignalingException($"The message has {utf8.Length} bytes; at most {_limit} can be sent.");
        try
        {
            await _hub.SendCoreAsync("Send", [argument], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Loss.OfSend(exception);
        }
    }

    /// <inheritdoc/>
    public async Task<SignalingException?> RunAsync(Action<SignalingMessage> deliver, CancellationToken stop)
    {
        try
        {
            await foreach (var message in _arrived.Reader.ReadAllAsync(stop).ConfigureAwait(false))
            {
                deliver(message);
                if (message is ErrorMessage error && Loss.OfError(error) is { } loss)
                    return loss;
                stop.ThrowIfCancellationRequested();
            }

            return await _lost.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _receiving.Dispose();
        _hub.Closed -= LostAsync;
        _hub.Reconnecting -= LostAsync;
        Lose(Loss.OfClose(null));
        try
        {
            await _end().WaitAsync(FarewellLimit, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A farewell that fails changes nothing.
        }
    }

    private Task TakeAsync(object? argument)
    {
        if (!SignalingArgument.TryGetUtf8(argument, out var utf8))
        {
            Log.ForeignDropped(_log);
        }
        else if (utf8.Length > _limit)
        {
            Log.TooLarge(_log, _limit);
            Lose(Loss.OfTooLarge(_limit));
        }
        else if (!SignalingJson.TryParse(utf8, out var message, out _))
        {
            Log.MalformedDropped(_log, utf8.Length);
        }
        else if (message is WelcomeMessage || _welcomed.Task.IsCompleted)
        {
            // What comes before the welcome is left over from an earlier time on the same connection.
            _isBinary = argument is not System.Text.Json.JsonElement;
            _arrived.Writer.TryWrite(message);
            _welcomed.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private Task LostAsync(Exception? cause)
    {
        Lose(Loss.OfClose(cause));
        return Task.CompletedTask;
    }

    private void Lose(SignalingException loss)
    {
        _lost.TrySetResult(loss);
        _arrived.Writer.TryComplete();
    }
}
