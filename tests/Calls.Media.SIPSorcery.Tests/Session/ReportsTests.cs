using Calls.Media.SIPSorcery.Session;
using Calls.Media.SIPSorcery.Tests.People;
using Calls.Media.WebRtc.Tests.Session;
using SIPSorcery.Net;

namespace Calls.Media.SIPSorcery.Tests.Session;

/// <summary>Statistics from RTCP.</summary>
public class ReportsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0u, 0u, 65_536u, null)]
    [InlineData(65_536u, 0u, 65_536u + 6_553u, 100)]
    [InlineData(65_536u, 32_768u, 131_072u, 500)]
    [InlineData(65_536u, 32_768u, 80_000u, null)]
    [InlineData(uint.MaxValue - 65_535u, 0u, 32_768u, 1_500)]
    public void A_round_trip_is_the_time_since_a_report_less_what_its_echo_was_held(uint sent, uint held, uint now, int? milliseconds)
    {
        var roundTrip = Reports.RoundTripOf(sent, held, now);
        if (milliseconds is { } expected)
            roundTrip.Should().BeCloseTo(TimeSpan.FromMilliseconds(expected), TimeSpan.FromMilliseconds(1));
        else
            roundTrip.Should().BeNull("it is no echo, or one from the future");
    }

    [Fact]
    public void What_is_lost_of_sound_and_pictures_is_added_up()
    {
        Reports reports = new();
        reports.Sent(SDPMediaTypesEnum.audio, Report(lost: 3));
        reports.Sent(SDPMediaTypesEnum.video, Report(lost: 4));
        reports.Sent(SDPMediaTypesEnum.audio, Report(lost: 5));
        reports.Lost.Should().Be(9, "each report tells what was lost since the beginning");
        reports.Sent(SDPMediaTypesEnum.video, Report(lost: -2));
        reports.Lost.Should().Be(5, "packets that came twice make up for none that was lost");
    }

    [Fact]
    public void The_last_echo_counts()
    {
        Reports reports = new();
        reports.RoundTrip.Should().BeNull();
        var sent = RTCPSession.DateTimeToNtpTimestamp32(Now.UtcDateTime);
        reports.Came(Report(echo: sent), Now + TimeSpan.FromMilliseconds(40));
        reports.Came(Report(echo: 0), Now + TimeSpan.FromMilliseconds(50));
        reports.RoundTrip.Should().BeCloseTo(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(1));
        reports.Came(Report(echo: sent), Now + TimeSpan.FromMilliseconds(60));
        reports.RoundTrip.Should().BeCloseTo(TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_with_the_managed_engine_comes_to_know_its_round_trip(bool offers)
    {
        Person person = new(660);
        var other = new EngineEnd(440, clip: 2).Source;
        await using var talk = await Talk.ConnectAsync(offers ? person.Source : other, offers ? other : person.Source);
        var side = offers ? talk.First : talk.Second;
        MediaStatistics? figures = null;
        await Talk.Until(() => (figures = side.StatisticsAsync().Result).RoundTripTime is not null, () => $"it knows {figures}");
        figures!.RoundTripTime.Should().BeLessThan(TimeSpan.FromSeconds(2));
        figures.PacketsLost.Should().Be(0);
    }

    private static RTCPCompoundPacket Report(int lost = 0, uint echo = 0)
        => new(new RTCPReceiverReport(1, [new ReceptionReportSample(2, 0, lost, 0, 0, echo, 0)]), new RTCPSDesReport(1, "somebody"));
}
