using Calls.Machine;
using Calls.Media;

namespace Calls.Testing;

/// <summary>The devices and the peer connection of one call: one order at a time, in order, each as late and as wrong as the seed says.</summary>
internal sealed class SimulatedMedia(Simulation world, SimulatedDevice device, CallId devicesId)
{
    private readonly Queue<(CallId Call, MediaTask? Task)> _orders = [];
    private DeviceWish _actual;
    private bool _isBusy;
    private bool _isReleased;

    public SimulatedSession? Session { get; private set; }

    public void Do(CallId call, MediaTask task) => Enqueue(call, task);

    public void AddCandidates(CallId call) => Enqueue(call, null);

    public void Release()
    {
        _isReleased = true;
        Session?.Close();
        Session = null;
    }

    private void Enqueue(CallId call, MediaTask? task)
    {
        _orders.Enqueue((call, task));
        Pump();
    }

    private void Pump()
    {
        if (_isBusy || _isReleased || _orders.Count == 0)
            return;
        _isBusy = true;
        var delay = world.Chance(SimulatedFaults.SlowMedia, 0.02) ? world.Between(0, 60) : world.Between(0.001, 0.05);
        world.Clock.Schedule(delay, () => device.Later(Work));
    }

    private void Work()
    {
        _isBusy = false;
        if (_isReleased)
            return;
        var (call, task) = _orders.Dequeue();
        if (task is { } order)
            Work(call, order);
        Pump();
    }

    private void Work(CallId call, MediaTask task)
    {
        world.Trace(device.Name, "media", task.Order);
        var refused = world.Chance(SimulatedFaults.MediaRefused, 0.02);
        var id = task.Order is MediaOrder.Open or MediaOrder.SetDevices ? devicesId : call;
        try
        {
            if (refused && task.Order is not (MediaOrder.Open or MediaOrder.SetDevices))
                throw new MediaException(MediaFailure.BadDescription, "refused by the seed");
            switch (task.Order)
            {
                case MediaOrder.Open:
                    Open((DeviceWish)task.Subject!, refused);
                    break;
                case MediaOrder.SetDevices:
                    Set((DeviceWish)task.Subject!, refused);
                    break;
                case MediaOrder.Connect:
                    Session?.Close();
                    Session = world.NewSession(device, call);
                    break;
                case MediaOrder.CreateOffer or MediaOrder.RestartIce when Session is not null:
                    device.Step(new OfferCreated(call, Session.CreateOffer()));
                    break;
                case MediaOrder.AnswerOffer when Session is not null:
                    device.Step(new AnswerCreated(call, Session.AnswerOffer((string)task.Subject!)));
                    break;
                case MediaOrder.TakeAnswer:
                    Session?.TakeAnswer((string)task.Subject!);
                    break;
                case MediaOrder.Rollback:
                    Session?.Rollback();
                    break;
            }
        }
        catch (MediaException exception)
        {
            world.Trace(device.Name, "media", $"{task.Order} failed: {exception.Message}");
            device.Step(new MediaFailed(id, task.Order, exception));
        }
    }

    private void Open(DeviceWish wish, bool refused)
    {
        world.Complain(device, device.Ledger.Open(devicesId, wish.Video == VideoSource.Camera));
        if (refused)
            throw new MediaException(MediaFailure.PermissionDenied, "refused by the seed");
        var camera = wish.Video == VideoSource.Off || !world.Chance(SimulatedFaults.MediaRefused, 0.1);
        _actual = new(wish.Muted, camera ? wish.Video : VideoSource.Off);
        var failure = camera ? null : new MediaException(MediaFailure.NoDevice, "no camera");
        device.Step(new MediaOpened(devicesId, _actual.Muted, _actual.Video, failure));
    }

    private void Set(DeviceWish wish, bool refused)
    {
        if (wish.Video != VideoSource.Off && _actual.Video == VideoSource.Off)
            world.Complain(device, device.Ledger.Camera(devicesId));
        _actual = refused ? _actual with { Muted = wish.Muted, Held = wish.Held } : wish;
        device.Step(new DevicesSet(
            devicesId, wish, _actual, refused ? new MediaException(MediaFailure.DeviceInUse, "refused by the seed") : null));
    }
}
