using System.Globalization;
using BenchmarkDotNet.Running;
using Calls.Benchmarks.Media;

// Calls have a course of their own and are no loop of one method: they are measured apart.
if (args is ["--media", ..])
    await MediaFigures.RunAsync(args.ElementAtOrDefault(1) ?? "", int.Parse(args.ElementAtOrDefault(2) ?? "200", CultureInfo.InvariantCulture));
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
