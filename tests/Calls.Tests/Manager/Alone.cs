namespace Calls.Tests.Manager;

/// <summary>Tests that measure the whole process: they run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
