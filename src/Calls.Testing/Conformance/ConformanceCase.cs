namespace Calls.Testing;

/// <summary>One rule of a contract, and how it is checked. No test framework is needed: a broken rule is a <see cref="ConformanceException"/>.</summary>
/// <typeparam name="TRig">What the author of an adapter gives: <see cref="ISignalingRig"/> or <c>IMediaRig</c>.</typeparam>
public sealed class ConformanceCase<TRig>
{
    private readonly Func<TRig, bool> _canRunOn;
    private readonly Func<string, TRig, Task> _run;

    internal ConformanceCase(string name, string rule, Func<TRig, bool> canRunOn, Func<string, TRig, Task> run)
        => (Name, Rule, _canRunOn, _run) = (name, rule, canRunOn, run);

    /// <summary>Its name, unique within its suite; never changes its meaning.</summary>
    public string Name { get; }

    /// <summary>The rule that is checked, as a sentence.</summary>
    public string Rule { get; }

    /// <summary>Whether the rig can do what the case needs.</summary>
    public bool CanRunOn(TRig rig) => _canRunOn(rig);

    /// <summary>Checks the rule. Takes a rig that no other case has used.</summary>
    /// <exception cref="ConformanceException">The rule is broken.</exception>
    /// <exception cref="NotSupportedException">The rig cannot do what the case needs.</exception>
    public async Task RunAsync(TRig rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        if (!_canRunOn(rig))
            throw new NotSupportedException($"The rig cannot do what '{Name}' needs.");
        try
        {
            await _run(Name, rig).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever an adapter throws where nothing was to be thrown is a broken rule.
        catch (Exception exception) when (exception is not ConformanceException)
#pragma warning restore CA1031
        {
            throw new ConformanceException(Name, Rule, $"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
