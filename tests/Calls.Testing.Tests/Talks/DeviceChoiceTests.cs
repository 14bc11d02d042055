using Calls.Media;

namespace Calls.Testing.Tests.Talks;

public class DeviceChoiceTests
{
    [Fact]
    public async Task B13_a_chosen_device_that_is_unplugged_in_a_call_is_an_error_and_the_call_goes_on()
    {
        var media = new ScriptedMediaSource();
        media.Capabilities |= MediaCapabilities.DeviceChoice;
        var signaling = new InMemorySignaling();
        await using var alice = new CallManager(signaling.Channel("alice"), media);
        await alice.ConnectAsync();
        await alice.Devices!.ChooseAsync(MediaDeviceKind.Microphone, "Microphone-2");
        await alice.StartOutgoingAsync("bob", video: false);
        TaskCompletionSource<CallError> told = new();
        using var listening = alice.Errors.Subscribe(told.SetResult);

        media.Devices!.Unplug(MediaDeviceKind.Microphone, "Microphone-2");
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeEquivalentTo(new { Kind = CallErrorKind.Device, alice.Current.CallId });
        alice.Devices.Chosen(MediaDeviceKind.Microphone).Should().BeNull();
        alice.Current.IsActive.Should().BeTrue();
        await alice.EndAsync();
        media.DevicesOpen.Should().Be(0);
    }

    [Fact]
    public async Task Where_the_engine_lets_nobody_choose_a_manager_has_no_devices()
    {
        await using var alice = new CallManager(new InMemorySignaling().Channel("alice"), new ScriptedMediaSource());
        alice.Devices.Should().BeNull();
    }
}
