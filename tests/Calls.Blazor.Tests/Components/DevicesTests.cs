using Bunit;
using Calls.Media;
using Calls.Testing;
using static Calls.Blazor.Tests.Doubles.ScriptedManager;

namespace Calls.Blazor.Tests.Components;

public sealed class DevicesTests : ComponentTest
{
    private readonly ScriptedDevices _devices = new ScriptedMediaSource { Capabilities = MediaCapabilities.DeviceChoice }.Devices!;

    private IRenderedComponent<CallScreen> Show(bool opened = true)
    {
        Manager.Mock.Setup(manager => manager.Devices).Returns(_devices);
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call));
        if (opened)
            Find(cut, "toggle-devices").Click();
        return cut;
    }

    [Fact]
    public void Where_the_engine_lets_nobody_choose_there_is_no_button()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call));
        Has(cut, "toggle-devices").Should().BeFalse();
    }

    [Fact]
    public void The_lists_are_shown_and_left_by_the_button_and_by_escape()
    {
        var cut = Show(opened: false);
        Has(cut, "devices").Should().BeFalse();
        Find(cut, "toggle-devices").Click();
        Find(cut, "devices").GetAttribute("aria-label").Should().Be("Devices");
        Find(cut, "toggle-devices").GetAttribute("aria-pressed").Should().Be("true");
        Find(cut, "devices").KeyDown("Escape");
        Has(cut, "devices").Should().BeFalse();
    }

    [Fact]
    public void Each_kind_has_a_labelled_list_that_begins_with_the_default()
    {
        var cut = Show();
        cut.FindAll(".choice span").Select(one => one.TextContent).Should().Equal("Microphone", "Camera", "Speaker");
        Find(cut, "choose-camera").Children.Select(one => one.TextContent).Should().Equal("System default", "Camera 1", "Camera 2");
        Find(cut, "choose-camera").GetAttribute("value").Should().Be("");
    }

    [Fact]
    public void What_is_chosen_is_used_and_can_be_given_back()
    {
        var cut = Show();
        Find(cut, "choose-microphone").Change("Microphone-2");
        _devices.Chosen(MediaDeviceKind.Microphone).Should().Be("Microphone-2");
        Find(cut, "choose-microphone").GetAttribute("value").Should().Be("Microphone-2");
        Find(cut, "choose-microphone").Change("");
        _devices.Chosen(MediaDeviceKind.Microphone).Should().BeNull();
    }

    [Fact]
    public void A_device_that_cannot_be_used_is_told_and_the_list_shows_what_is()
    {
        var cut = Show();
        _devices.Failure = new MediaException(MediaFailure.DeviceInUse, "busy");
        Find(cut, "choose-camera").Change("Camera-2");
        Find(cut, "call-notice").TextContent.Should().Be("Another app is using that device.");
        Find(cut, "choose-camera").GetAttribute("value").Should().Be("");
    }

    [Fact]
    public void B13_a_chosen_device_that_is_gone_leaves_the_list_and_is_told()
    {
        var cut = Show();
        Find(cut, "choose-camera").Change("Camera-2");
        _devices.Unplug(MediaDeviceKind.Camera, "Camera-2");
        cut.WaitForAssertion(() => Find(cut, "choose-camera").Children.Select(one => one.TextContent).Should().Equal("System default", "Camera 1"));
        Find(cut, "choose-camera").GetAttribute("value").Should().Be("");
        Manager.Report(new CallError(Call.CallId, CallErrorKind.Device, "gone"));
        cut.WaitForAssertion(() => Find(cut, "call-notice").TextContent.Should().Contain("default"));
    }

    [Fact]
    public void A_device_without_a_name_is_called_by_its_number()
    {
        var cut = Show();
        _devices.Plug(new MediaDevice(MediaDeviceKind.Speaker, "s3", ""));
        cut.WaitForAssertion(() => Find(cut, "choose-speaker").LastElementChild!.TextContent.Should().Be("Speaker 3"));
    }
}
