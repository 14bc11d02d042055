namespace Calls.Media.WebRtc.Session;

/// <summary>Opens what a host gives as a device, and turns what goes wrong into the contract's exceptions.</summary>
internal static class DeviceOpening
{
    /// <summary>Opens a device. One that comes after the cancellation is closed.</summary>
    /// <param name="open">The host's way to open it; null: there is none.</param>
    /// <param name="close">Closes one that came too late, before it is disposed of; null: to dispose of it is enough.</param>
    /// <param name="name">The device, as a message names it.</param>
    /// <param name="cancellationToken">Ends the wait at once, whatever the host does.</param>
    /// <exception cref="MediaException">It could not be opened.</exception>
    public static async Task<T> OpenAsync<T>(Func<CancellationToken, ValueTask<T>>? open, Func<T, Task>? close, string name, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (open is null)
            throw new MediaException(MediaFailure.NoDevice, $"The engine was given no {name}.");
        Task<T>? opening = null;
        try
        {
            opening = open(cancellationToken).AsTask();
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (opening is not null)
                _ = CloseAsync(opening, close);
            throw;
        }
        catch (Exception exception) when (exception is not MediaException)
        {
            throw Failure(exception, name);
        }
    }

    /// <summary>What went wrong with a device, in the contract's words.</summary>
    public static MediaException Failure(Exception exception, string name)
        => exception as MediaException ?? new MediaException(FailureOf(exception), $"The {name} could not be opened: {exception.Message}", exception);

    private static MediaFailure FailureOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException => MediaFailure.PermissionDenied,
        FileNotFoundException or DirectoryNotFoundException => MediaFailure.NoDevice,
        _ => MediaFailure.Other,
    };

    private static async Task CloseAsync<T>(Task<T> opening, Func<T, Task>? close)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!opening.IsCompletedSuccessfully)
            return;
        await (close?.Invoke(opening.Result) ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        (opening.Result as IDisposable)?.Dispose();
    }
}
