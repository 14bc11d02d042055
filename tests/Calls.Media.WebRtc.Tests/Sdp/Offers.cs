using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

/// <summary>Descriptions as browsers of 2026 write them, and an engine's own end for tests.</summary>
internal static class Offers
{
    public static readonly CertificateFingerprint Fingerprint = new("sha-256", string.Join(':', Enumerable.Repeat("AB", 32)));

    public static LocalEnd End { get; } = new("ufrg", "passwordpasswordpassword", Fingerprint);

    public static LocalEnd OtherEnd { get; } = new("othr", "wordpasswordpasswordpass", new("sha-256", string.Join(':', Enumerable.Repeat("CD", 32))));

    public static string Chromium { get; } = Read("chromium");

    public static string ChromiumAnswer { get; } = Read("chromium-answer");

    public static string Firefox { get; } = Read("firefox");

    public static string Safari { get; } = Read("safari");

    public static SdpNegotiation Side(bool opus = true) => new(new SdpProfile(opus), LocalStreams.Create());

    public static SessionDescription Parsed(string sdp)
        => SdpParser.TryParse(sdp, out var description, out var error) ? description : throw new SdpException(error);

    public static string Without(this string sdp, string beginning) => string.Join("\r\n", sdp.Split("\r\n").Where(line => !line.StartsWith(beginning, StringComparison.Ordinal)));

    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(Offers).Assembly.GetManifestResourceStream($"{name}.sdp")!);
        return reader.ReadToEnd().ReplaceLineEndings("\r\n");
    }
}
