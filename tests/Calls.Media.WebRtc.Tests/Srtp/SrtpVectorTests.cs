using Calls.Media.WebRtc.Srtp;

namespace Calls.Media.WebRtc.Tests.Srtp;

/// <summary>The vectors of RFC 3711, appendix B, and of RFC 7714, sections 16 and 17.</summary>
public sealed class SrtpVectorTests
{
    private static readonly byte[] GcmKey = Hex("000102030405060708090a0b0c0d0e0f");
    private static readonly byte[] GcmSalt = Hex("517569642070726f2071756f");

    private static readonly byte[] GcmRtp = Hex(
        "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361 20696e207061727465732074726573");

    private static readonly byte[] GcmSrtp = Hex(
        "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");

    private static readonly byte[] GcmRtcp = Hex(
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");

    private static readonly byte[] GcmSrtcp = Hex(
        "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");

    private static readonly byte[] GcmTaggedRtcp = Hex(
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef841dd9683dd78ec92ae58790125f62b3000005d4");

    private static readonly byte[] MasterKey = Hex("e1f97a0d3e018be0d64fa32c06de4139");
    private static readonly byte[] MasterSalt = Hex("0ec675ad498afeebb6960b3aabe6");

    [Theory]
    [InlineData(0, 16, "c61e7a93744f39ee10734afe3ff7a087")]
    [InlineData(1, 20, "cebe321f6ff7716b6fd4ab49af256a156d38baa4")]
    [InlineData(2, 14, "30cbbc08863d8c85d49db34a9ae1")]
    public void Session_keys_come_from_the_master_key_as_in_RFC_3711_B_3(int label, int length, string expected)
        => SrtpSessionKeys.Derive(MasterKey, MasterSalt, label, length).Should().Equal(Hex(expected));

    [Fact]
    public void The_keystream_is_that_of_RFC_3711_B_2()
    {
        var keys = SrtpSessionKeys.Known(Hex("2b7e151628aed2a6abf7158809cf4f3c"), new byte[20], Hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
        using CounterModeCipher cipher = new(keys);
        var body = new byte[0xFF02 * 16];
        cipher.Seal(body, 0, 0, 0, default, new byte[10]);
        body[..48].Should().Equal(Hex("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0"));
        body[^48..].Should().Equal(Hex("ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44"));
    }

    [Fact]
    public void RTP_is_protected_with_GCM_as_in_RFC_7714_16_1()
    {
        using var context = WithGcm();
        Protected(GcmRtp, context.ProtectRtp).Should().Equal(GcmSrtp);
        using var receiver = WithGcm();
        Opened(GcmSrtp, receiver.TryUnprotectRtp).Should().Equal(GcmRtp);
    }

    [Fact]
    public void RTCP_is_protected_with_GCM_as_in_RFC_7714_17_1()
    {
        using var context = WithGcm();
        Protected(GcmRtcp, context.ProtectRtcp).Should().Equal(GcmSrtcp);
        using var receiver = WithGcm();
        Opened(GcmSrtcp, receiver.TryUnprotectRtcp).Should().Equal(GcmRtcp);
    }

    [Fact]
    public void RTCP_that_is_only_authenticated_is_taken_as_in_RFC_7714_17_3()
    {
        using var receiver = WithGcm();
        Opened(GcmTaggedRtcp, receiver.TryUnprotectRtcp).Should().Equal(GcmRtcp);
    }

    // No RFC has a whole packet for this profile: these are made with the master key of RFC 3711, B.3, and other implementations agree on them.
    [Fact]
    public void Packets_are_protected_with_counter_mode_and_SHA1()
    {
        var rtp = Hex("800f1234decafbadcafebabe" + string.Concat(Enumerable.Repeat("ab", 16)));
        var srtp = Hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        var rtcp = Hex("81c8000bcafebabe" + string.Concat(Enumerable.Repeat("ab", 16)));
        var srtcp = Hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        using SrtpContext sender = new(SrtpProfile.AesCm128HmacSha1Tag80, MasterKey, MasterSalt);
        using SrtpContext receiver = new(SrtpProfile.AesCm128HmacSha1Tag80, MasterKey, MasterSalt);
        Protected(rtp, sender.ProtectRtp).Should().Equal(srtp);
        Protected(rtcp, sender.ProtectRtcp).Should().Equal(srtcp);
        Opened(srtp, receiver.TryUnprotectRtp).Should().Equal(rtp);
        Opened(srtcp, receiver.TryUnprotectRtcp).Should().Equal(rtcp);
    }

    private delegate int Protect(Span<byte> buffer, int length);

    private delegate bool Open(Span<byte> packet, out int length);

    private static byte[] Protected(byte[] packet, Protect protect)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpContext.MaximumOverhead]];
        return buffer[..protect(buffer, packet.Length)];
    }

    private static byte[]? Opened(byte[] packet, Open open)
    {
        byte[] copy = [.. packet];
        return open(copy, out var length) ? copy[..length] : null;
    }

    private static SrtpContext WithGcm()
    {
        var keys = SrtpSessionKeys.Known(GcmKey, [], GcmSalt);
        return new(SrtpProfile.AeadAes128Gcm, keys, keys) { FirstRtcpIndex = 0x5d4 };
    }

    private static byte[] Hex(string digits) => Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));
}
