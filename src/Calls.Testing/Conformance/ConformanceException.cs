using System.Diagnostics.CodeAnalysis;

namespace Calls.Testing;

/// <summary>An adapter breaks a rule of its contract.</summary>
[SuppressMessage("Design", "CA1032", Justification = "A failure without a case says nothing.")]
public sealed class ConformanceException : Exception
{
    /// <summary>A broken rule.</summary>
    public ConformanceException(string caseName, string expected, string got, Exception? innerException = null)
        : base($"{caseName}: expected: {expected} Got: {got}", innerException)
        => (CaseName, Expected, Got) = (caseName, expected, got);

    /// <summary>The name of the case.</summary>
    public string CaseName { get; }

    /// <summary>What the contract asks for.</summary>
    public string Expected { get; }

    /// <summary>What happened.</summary>
    public string Got { get; }
}
