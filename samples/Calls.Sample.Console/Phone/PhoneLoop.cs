using System.Reactive.Disposables;
using System.Threading.Channels;
using Calls.Sample.Console.People;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Phone;

/// <summary>
/// The phone at work. Whatever happens (a key, a snapshot, the list of people, a second that passed) comes through one queue and changes the view, which is then drawn.
/// </summary>
internal sealed class PhoneLoop(IAnsiConsole console, CallClient client, Account account, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private readonly Channel<Func<PhoneView, PhoneView>> _changes = Channel.CreateUnbounded<Func<PhoneView, PhoneView>>();
    private readonly ICallManager _manager = client.Manager;

    /// <summary>Runs until Q is pressed, or <paramref name="cancellationToken"/> says so.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PhoneView view = new() { User = account.User, Now = time.GetUtcNow() };
        using CompositeDisposable subscriptions = new(
            _manager.Snapshots.Subscribe(call => Change(old => old with { Call = call, Trouble = call.IsActive ? old.Trouble : null })),
            _manager.Ends.Subscribe(end => Change(old => old with { LastEnd = end })),
            _manager.SignalingStatus.Subscribe(status => Change(old => old with { Signaling = status })),
            _manager.Errors.Subscribe(error => Change(old => old with { Trouble = error.Message })),
            _manager.MissedCalls.Subscribe(missed => Change(old => old with { Trouble = $"Missed: {missed.From?.Name ?? "somebody"}" })));
        var work = Task.WhenAll(WatchPeopleAsync(quit.Token), WatchQualityAsync(quit.Token));
        var keys = ReadKeysAsync(() => Volatile.Read(ref view), quit);
        try
        {
            await console.Live(PhoneScreen.Draw(view)).AutoClear(true).StartAsync(async live =>
            {
                await foreach (var change in _changes.Reader.ReadAllAsync(quit.Token))
                {
                    Volatile.Write(ref view, change(view));
                    live.UpdateTarget(PhoneScreen.Draw(view));
                    live.Refresh();
                }
            });
        }
        catch (OperationCanceledException) when (quit.IsCancellationRequested)
        {
            // That is how it ends.
        }

        await Quietly(keys);
        await Quietly(work);
        await _manager.EndAsync(CancellationToken.None);
    }

    private void Change(Func<PhoneView, PhoneView> change) => _changes.Writer.TryWrite(change);

    private async Task ReadKeysAsync(Func<PhoneView> view, CancellationTokenSource quit)
    {
        while (!quit.IsCancellationRequested)
        {
            var key = await console.Input.ReadKeyAsync(intercept: true, quit.Token);
            if (key is null)
                continue;
            var shown = view();
            switch (PhoneKeys.Act(_manager.Current.State, key.Value.Key))
            {
                case PhoneAct.Quit:
                    await quit.CancelAsync();
                    return;
                case PhoneAct.ChooseUp:
                    Change(old => old.Move(-1));
                    break;
                case PhoneAct.ChooseDown:
                    Change(old => old.Move(1));
                    break;
                case PhoneAct.Call when shown.Chosen < shown.People.Count:
                    Do(_manager.StartOutgoingAsync(shown.People[shown.Chosen].User, video: false, quit.Token));
                    break;
                case PhoneAct.Accept:
                    Do(_manager.AcceptIncomingAsync(video: false, quit.Token));
                    break;
                case PhoneAct.Decline:
                    Do(_manager.RejectAsync(quit.Token));
                    break;
                case PhoneAct.HangUp:
                    Do(_manager.EndAsync(quit.Token));
                    break;
                case PhoneAct.Mute:
                    Do(_manager.ToggleMuteAsync(quit.Token));
                    break;
                case PhoneAct.Hold:
                    Do(_manager.ToggleHoldAsync(quit.Token));
                    break;
            }
        }
    }

    // A command is not waited for: the next key may be the one that cancels it.
    private async void Do(Task command)
    {
        try
        {
            await command;
        }
        catch (Exception trouble) when (trouble is CallException or InvalidOperationException or ArgumentException or OperationCanceledException)
        {
            Change(old => old with { Trouble = trouble is OperationCanceledException ? null : trouble.Message });
        }
    }

    private async Task WatchPeopleAsync(CancellationToken cancellationToken)
    {
        await foreach (var people in new PeopleFeed(account, time).WatchAsync(cancellationToken))
            Change(old => old.With(people));
    }

    private async Task WatchQualityAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Refresh, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var quality = _manager.Current.State == CallState.Connected ? await client.Quality.ReadAsync(cancellationToken) : null;
            Change(old => old with { Quality = quality, Now = time.GetUtcNow() });
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
