namespace Calls.Load;

/// <summary>Routed messages beside bare echoes, by WebSocket and by hub: every load on its own server, all of them in many short turns, because one machine's rates differ by a fifth from minute
/// to minute. The first turn is not counted. What is said is the median of the turns, and of a ratio the median of each turn's.</summary>
internal static class RatioFigures
{
    private const int Turns = 12;

    // Both the server and the way it is driven are warm: only the generator is new.
    private const int WarmUp = 4;

    public static async Task<int> PrintAsync()
    {
        await using var echo = await LoadProcess.ServeAsync(LoadServer.Echo);
        await using var calls = await LoadProcess.ServeAsync(LoadServer.Calls);
        await using var hubEcho = await LoadProcess.ServeAsync(LoadServer.HubEcho);
        await TurnAsync(LoadProcess.WarmUp);
        List<Turn> turns = [];
        for (var i = 0; i < Turns; i++)
            turns.Add(await TurnAsync(WarmUp));
        Print("echo_per_core_s", turn => turn.Echo);
        Print("routed_per_core_s", turn => turn.Routed.PerCore);
        Print("routed_ratio", turn => turn.Routed.PerCore / turn.Echo);
        Print("hub_echo_per_core_s", turn => turn.HubEcho);
        Print("hub_routed_per_core_s", turn => turn.HubRouted);
        Print("hub_routed_ratio", turn => turn.HubRouted / turn.HubEcho);
        Print("alloc_bytes_per_message", turn => turn.Routed.Allocated / turn.Routed.Count);
        return 0;

        async Task<Turn> TurnAsync(int warmUp) => new(
            (await Run.OfAsync(echo, Generator.Echo, Figures.Pairs, warmUp)).PerCore,
            await Run.OfAsync(calls, Generator.Route, Figures.Pairs, warmUp),
            (await Run.OfAsync(hubEcho, Generator.HubEcho, Figures.Pairs, warmUp)).PerCore,
            (await Run.OfAsync(calls, Generator.HubRoute, Figures.Pairs, warmUp)).PerCore);

        void Print(string name, Func<Turn, double> value) => Figures.Print(name, Figures.Median(turns, value));
    }

    private sealed record Turn(double Echo, Run Routed, double HubEcho, double HubRouted);
}
