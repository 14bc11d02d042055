using Calls.Load;

// Without arguments: every figure, one name=value a line. --hold 20000: that many signed-in users, each of whom starts a call in turn.
// The tool starts itself again as server (serve) and as generator (drive).
return args switch
{
    ["serve", var kind, .. var rest] => await LoadServer.RunAsync(kind, rest),
    ["drive", var load, var address, var size] => await Generator.RunAsync(load, new Uri(address), int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)),
    ["--hold", var users] => await Figures.HoldAsync(int.Parse(users, System.Globalization.CultureInfo.InvariantCulture)),
    [] => await Figures.PrintAsync(),
    _ => Figures.Usage(),
};
