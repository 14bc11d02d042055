// What a process counts and traces is one for all tests of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
