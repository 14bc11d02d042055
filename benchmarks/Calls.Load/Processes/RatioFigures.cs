namespace Calls.Load;

/// <summary>Routed messages beside bare echoes, by WebSocket and by hub: every load on its own server, all of them in turn, several times over, because one machine's rates differ by a fifth from
/// minute to minute. What is said is the median of the turns, and of a ratio the median of each turn's.</summary>
internal static class RatioFigures
{
    public static async Task<int> PrintAsync()
    {
        await using var echo = await LoadProcess.ServeAsync(LoadServer.Echo);
        await using var calls = await LoadProcess.ServeAsync(LoadServer.Calls);
        await using var hubEcho = await LoadProcess.ServeAsync(LoadServer.HubEcho);
        List<Turn> turns = [];
        for (var i = 0; i < Figures.Turns; i++)
        {
            turns.Add(new Turn(
                (await Run.OfAsync(echo, Generator.Echo, Figures.Pairs)).PerCore,
                await Run.OfAsync(calls, Generator.Route, Figures.Pairs),
                (await Run.OfAsync(hubEcho, Generator.HubEcho, Figures.Pairs)).PerCore,
                (await Run.OfAsync(calls, Generator.HubRoute, Figures.Pairs)).PerCore));
        }

        Print("echo_per_core_s", turn => turn.Echo);
        Print("routed_per_core_s", turn => turn.Routed.PerCore);
        Print("routed_ratio", turn => turn.Routed.PerCore / turn.Echo);
        Print("hub_echo_per_core_s", turn => turn.HubEcho);
        Print("hub_routed_per_core_s", turn => turn.HubRouted);
        Print("hub_routed_ratio", turn => turn.HubRouted / turn.HubEcho);
        Print("alloc_bytes_per_message", turn => turn.Routed.Allocated / turn.Routed.Count);
        return 0;

        void Print(string name, Func<Turn, double> value) => Figures.Print(name, Figures.Median(turns, value));
    }

    private sealed record Turn(double Echo, Run Routed, double HubEcho, double HubRouted);
}
