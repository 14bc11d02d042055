using System.Collections.Concurrent;
using Calls.Media.SIPSorcery.Tests.People;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.Devices;

/// <summary>Sources and sinks of a host that fail: the call goes on, and it is told.</summary>
public class LostDevicesTests
{
    private readonly Person _other = new(440);

    [Fact]
    public async Task A_microphone_that_fails_is_told_once_and_the_other_side_is_still_heard()
    {
        Person person = new(660);
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source);
        Told told = new(talk.First.Media);
        await Talk.Until(() => _other.Ear.Frames > 5, () => "sound");
        person.Microphone!.Fail("It was pulled out.");
        person.Microphone.Fail("It was pulled out.");
        await Talk.Until(() => !told.Events.IsEmpty, () => "nothing is told");
        told.Events.Should().ContainSingle().Which.Should().BeOfType<MicrophoneLost>().Which.Cause.Failure.Should().Be(MediaFailure.NoDevice);
        await StillHearsAsync(person);
    }

    [Fact]
    public async Task A_microphone_that_does_not_start_is_told_as_lost()
    {
        Person person = new(660, configure: options => options.Microphone = _ => new(new ToneSource(660) { Started = () => throw new UnauthorizedAccessException("The system says no.") }));
        await using var talk = await Talk.BeginAsync(person.Source, _other.Source);
        Told told = new(talk.First.Media);
        await talk.AgreeAsync();
        await talk.ReachAsync(MediaConnectionState.Connected);
        await Talk.Until(() => !told.Events.IsEmpty, () => "nothing is told");
        told.Events.OfType<MicrophoneLost>().Should().ContainSingle().Which.Cause.Failure.Should().Be(MediaFailure.PermissionDenied);
        await StillHearsAsync(person);
    }

    [Fact]
    public async Task A_camera_that_fails_is_off_and_may_go_on_again()
    {
        Person person = new(660);
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source, video: true);
        Told told = new(talk.First.Media);
        await Talk.Until(() => _other.Eye.Names.Count > 5, () => "pictures");
        var camera = person.Camera!;
        camera.Fail("It was pulled out.");
        await Talk.Until(() => camera.IsClosed && !told.Events.IsEmpty, () => "nothing is told");
        told.Events.Should().ContainSingle().Which.Should().Match<LocalVideoChanged>(changed => changed.Video == VideoSource.Off && changed.Cause!.Failure == MediaFailure.NoDevice);
        talk.First.Media.Video.Should().Be(VideoSource.Off);

        await talk.First.Media.SetVideoAsync(VideoSource.Camera);
        var seen = _other.Eye.Names.Count;
        await Talk.Until(() => _other.Eye.Names.Count > seen + 5, () => "pictures again");
    }

    [Fact]
    public async Task A_camera_that_gives_another_format_than_was_agreed_is_not_supported()
    {
        Person person = new(660, configure: options => options.Camera = _ => new(new ClipSource(1) { Formats = [new(VideoCodecsEnum.H264, 100)] }));
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source);
        await Talk.Until(() => person.Microphone!.Starts == 1, () => "the devices run");
        var turnOn = () => talk.First.Media.SetVideoAsync(VideoSource.Camera);
        (await turnOn.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.NotSupported);
        talk.First.Media.Video.Should().Be(VideoSource.Off);
        await StillHearsAsync(person);
    }

    [Fact]
    public async Task A_loudspeaker_that_throws_is_left_and_the_microphone_goes_on()
    {
        Person person = new(660, configure: options => options.Loudspeaker = () => new Ear { Heard = () => throw new InvalidOperationException("It is on fire.") });
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source);
        await Talk.Until(() => _other.Ear.Frames > 20, () => $"{_other.Ear.Frames} frames");
        talk.First.States.Should().EndWith(MediaConnectionState.Connected);
    }

    [Fact]
    public async Task A_loudspeaker_that_cannot_be_opened_fails_the_opening_and_closes_the_microphone()
    {
        Person person = new(660, configure: options => options.Loudspeaker = () => throw new UnauthorizedAccessException("The system says no."));
        var open = () => person.Source.OpenAsync(new(Video: false));
        (await open.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.PermissionDenied);
        person.Microphone!.IsClosed.Should().BeTrue();
    }

    private static Task StillHearsAsync(Person person)
    {
        var heard = person.Ear.Frames;
        return Talk.Until(() => person.Ear.Frames > heard + 5, () => $"{person.Ear.Frames - heard} frames");
    }

    private sealed class Told : IObserver<LocalMediaEvent>
    {
        public Told(ILocalMedia media) => media.Events.Subscribe(this);

        public ConcurrentQueue<LocalMediaEvent> Events { get; } = new();

        public void OnNext(LocalMediaEvent value) => Events.Enqueue(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => throw error;
    }
}
