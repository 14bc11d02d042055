using Calls.Media.WebRtc.Dtls;

namespace Calls.Media.WebRtc.Tests.Dtls;

public sealed class DtlsCertificateTests
{
    [Fact]
    public void A_fingerprint_is_read_as_it_is_written_in_either_case_and_matches_its_certificate_only()
    {
        var written = DtlsLink.One.Fingerprint;
        written.Value.Should().MatchRegex("^([0-9A-F]{2}:){31}[0-9A-F]{2}$");
        DtlsFingerprint.TryParse("SHA-256", written.Value.ToLowerInvariant(), out var read).Should().BeTrue();
        read.Should().Be(written);
        read!.Matches(DtlsLink.One.Encoded).Should().BeTrue();
        read.Matches(DtlsLink.Other.Encoded).Should().BeFalse();
    }

    [Theory]
    [InlineData("sha-1", "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33")]
    [InlineData("md5", "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    [InlineData("sha-256", "")]
    [InlineData("sha-256", "00:11")]
    [InlineData("sha-256", "0011:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:")]
    [InlineData("sha-256", "G0:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    public void X9_A_fingerprint_that_is_weak_or_none_is_not_read(string algorithm, string value)
        => DtlsFingerprint.TryParse(algorithm, value, out _).Should().BeFalse();
}
