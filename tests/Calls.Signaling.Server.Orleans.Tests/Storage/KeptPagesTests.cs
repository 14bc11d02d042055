using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans.Tests;

public sealed class KeptPagesTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly Party Alice = new("alice", "a1", "Alice");
    private static readonly Party Bob = new("bob", "b1");
    private static readonly GrainId Grain = GrainId.Create("calls-call", "call-1");
    private readonly Shelf _shelf = new();

    [Fact]
    public async Task What_is_kept_is_read_as_it_was_however_much_it_is()
    {
        var pages = NewPages();
        var turn = Answered();
        for (var candidates = 0; candidates < 4 * KeptPages.Size; candidates++)
        {
            Say(turn, candidates % 3 == 0 ? Alice : Bob);
            var stored = await pages.StoreAsync(turn.Document!);
            pages.Commit();

            stored.Call.Legs.Should().OnlyContain(leg => leg.Outbox.Count < KeptPages.Size);
            var read = await NewPages().ReadAsync(Again(stored));
            Text(read).Should().Be(Text(turn.Document!));
        }

        _shelf.Writes.Should().Be(_shelf.Count, "a page is written once");
    }

    [Fact]
    public async Task Pages_of_two_activations_stand_beside_each_other()
    {
        var turn = Answered();
        var first = NewPages();
        Say(turn, Alice, 2 * KeptPages.Size);
        var stored = await first.StoreAsync(turn.Document!);
        first.Commit();
        var second = NewPages();
        await second.ReadAsync(Again(stored));
        Say(turn, Alice, 2 * KeptPages.Size);

        stored = await second.StoreAsync(turn.Document!);

        stored.Kept.Should().HaveCountGreaterThan(1);
        Text(await NewPages().ReadAsync(Again(stored))).Should().Be(Text(turn.Document!));
    }

    [Fact]
    public async Task A_page_whose_call_was_not_stored_is_thrown_away_once_it_is_known_that_it_was_not()
    {
        var turn = Answered();
        var pages = NewPages();
        var before = await pages.StoreAsync(turn.Document!);
        pages.Commit();
        Say(turn, Alice, KeptPages.Size);
        await pages.StoreAsync(turn.Document!);
        _shelf.Count.Should().Be(1);

        pages.Doubt();
        await pages.ReadAsync(Again(before));

        _shelf.Count.Should().Be(0);
    }

    [Fact]
    public async Task What_is_not_kept_any_more_and_what_a_forgotten_call_had_is_thrown_away()
    {
        var turn = Answered(maxKept: 2 * KeptPages.Size);
        var pages = NewPages();
        for (var i = 0; i < 6; i++)
        {
            Say(turn, Alice, KeptPages.Size);
            await pages.StoreAsync(turn.Document!);
            pages.Commit();
        }

        _shelf.Count.Should().BeInRange(2, 3);

        await pages.ClearAsync();

        _shelf.Count.Should().Be(0);
    }

    private static CallTurn Answered(int maxKept = 512)
    {
        var turn = new CallTurn(null, TimeSpan.FromDays(20_000));
        turn.Begin(
            new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" }, Alice, [new Callee("bob", "alice")],
            [new Link("bob", "b1", null, Guid.NewGuid(), 7, "127.0.0.1:1@2", "sys.client/x"), new Link("alice", "a1", null, Guid.NewGuid(), 7, "127.0.0.1:1@2", "sys.client/x")],
            new RoutedCallSettings { MaxKeptMessages = maxKept });
        turn.Step(at => new RoutedInput.Connected(at, Alice));
        turn.Step(at => new RoutedInput.Received(at, Bob, new AnswerMessage { CallId = Id, Sdp = "answer" }));
        return turn;
    }

    private static void Say(CallTurn turn, Party sender, int times = 1)
    {
        for (var i = 0; i < times; i++)
            turn.Step(at => new RoutedInput.Received(at, sender, new CandidatesMessage { CallId = Id, Candidates = [new IceCandidate($"one {i}", "0", 0)] }));
    }

    /// <summary>As another activation finds it.</summary>
    private static CallDocument Again(CallDocument document)
        => StoredDocument.Read(StoredDocument.Write(document, StorageJson.Default.CallDocument), StorageJson.Default.CallDocument)!;

    private static string Text(CallDocument document) => StoredDocument.Write(document, StorageJson.Default.CallDocument);

    private KeptPages NewPages() => new(_shelf, Grain, new Persistence(TimeProvider.System, NullLogger<Persistence>.Instance));

    /// <summary>A storage in memory that counts, and refuses to write what is there.</summary>
    private sealed class Shelf : IGrainStorage
    {
        private readonly ConcurrentDictionary<string, string?> _documents = new();
        private int _writes;

        public int Count => _documents.Count;

        public int Writes => _writes;

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.RecordExists = _documents.TryGetValue(stateName, out var document);
            (grainState.State, grainState.ETag) = ((T)(object)new StoredDocument { Document = document }, grainState.RecordExists ? "1" : null);
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            _writes++;
            _documents.TryAdd(stateName, ((StoredDocument)(object)grainState.State!).Document).Should().BeTrue();
            (grainState.RecordExists, grainState.ETag) = (true, "1");
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            _documents.TryRemove(stateName, out _).Should().BeTrue();
            return Task.CompletedTask;
        }
    }
}
