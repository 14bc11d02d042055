namespace Calls.Testing;

/// <summary>One run of one case: says what is wrong in the case's name, and waits no longer than the rig's patience.</summary>
internal abstract class Trial(string name, TimeSpan patience)
{
    /// <summary>How long nothing must happen for "nothing happens" to be believed. Only a broken adapter can be missed by it, never a sound one accused.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    protected TimeSpan Patience => patience;

    public void Check(bool isTrue, string expected, object? got)
    {
        if (!isTrue)
            throw new ConformanceException(name, expected, Words(got));
    }

    public void Equal<T>(IEnumerable<T> wanted, IEnumerable<T> got, string expected)
        => Check(wanted.SequenceEqual(got), $"{expected} ({string.Join(", ", wanted)})", string.Join(", ", got));

    /// <summary>Waits for a task that must end in time, well or not.</summary>
    public async Task<T> InTime<T>(Task<T> task, string expected)
    {
        await InTime((Task)task, expected).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    public async Task InTime(Task task, string expected)
    {
        await Task.WhenAny(task, Task.Delay(patience, TimeProvider.System)).ConfigureAwait(false);
        Check(task.IsCompleted, expected, "nothing in time");
        await task.ConfigureAwait(false);
    }

    /// <summary>The exception of just that kind that <paramref name="act"/> must end with, in time.</summary>
    public async Task<TException> Throws<TException>(Func<Task> act, string expected)
        where TException : Exception
    {
        try
        {
            await InTime(act(), expected).ConfigureAwait(false);
        }
        catch (TException exception)
        {
            return exception;
        }
#pragma warning disable CA1031 // The kind of the exception is what is checked.
        catch (Exception exception) when (exception is not ConformanceException)
#pragma warning restore CA1031
        {
            throw new ConformanceException(name, expected, $"{exception.GetType().Name}: {exception.Message}", exception);
        }

        throw new ConformanceException(name, expected, "no exception");
    }

    /// <summary>Looks again and again until it is so.</summary>
    public async Task Until(Func<ValueTask<bool>> isSo, string expected, Func<object?> got)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isSo().ConfigureAwait(false))
        {
            Check(TimeProvider.System.GetElapsedTime(since) < patience, expected, got());
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System).ConfigureAwait(false);
        }
    }

    public Task Until(Func<bool> isSo, string expected, Func<object?> got) => Until(() => ValueTask.FromResult(isSo()), expected, got);

    public static Task BeQuiet() => Task.Delay(Quiet, TimeProvider.System);

    private static string Words(object? got) => got switch
    {
        null => "nothing",
        string text => text,
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object?>()),
        _ => got.ToString() ?? "",
    };
}
