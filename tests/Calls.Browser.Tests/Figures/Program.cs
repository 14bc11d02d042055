using Calls.Browser.Tests.Figures;

await CallSetup.MeasureAsync(Console.Out);
