using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Conformance;

/// <summary>What link-state.js makes of what a connection and its DTLS say, in an order that a real browser has only now and then.</summary>
[Collection(OnStage.Name)]
public sealed class LinkStateTests(Stage stage)
{
    [Theory]
    [InlineData("failed")]
    [InlineData("connecting")]
    [InlineData("connected")]
    public async Task B37_dtls_that_fails_is_beyond_mending_also_where_ice_is_being_mended_already(string meanwhile)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var alice = await cast.PersonAsync("alice");
        var told = await alice.AskAsync<string>($$"""
            (async () => {
              const { LinkState } = await import('/_content/Calls.Blazor/media/link-state.js');
              const transport = Object.assign(new EventTarget(), { state: 'connected' });
              const connection = Object.assign(new EventTarget(), { connectionState: 'new', getSenders: () => [{ transport }] });
              const told = [];
              new LinkState(connection, new AbortController().signal, (state, needsNewSession) => told.push(state + (needsNewSession ? '!' : '')));
              const connects = state => { connection.connectionState = state; connection.dispatchEvent(new Event('connectionstatechange')); };
              const secures = state => { transport.state = state; transport.dispatchEvent(new Event('statechange')); };
              connects('connected');
              connects('failed');
              secures('connected');
              connects('{{meanwhile}}');
              secures('failed');
              connects('connected');
              return told.join();
            })()
            """);
        told.Should().Be($"connected,failed,{meanwhile},failed!", "and nothing is told after that");
    }
}
