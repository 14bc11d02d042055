namespace Calls.Media.WebRtc.Sdp;

/// <summary>How much of a description is taken. Browsers write about 8,000 characters, 250 lines and two sections.</summary>
internal static class SdpLimits
{
    /// <summary>Characters of a description; as much as one message of the protocol carries.</summary>
    public const int Length = 65_536;

    /// <summary>Lines.</summary>
    public const int Lines = 4_096;

    /// <summary>Characters of a line.</summary>
    public const int LineLength = 4_096;

    /// <summary>Sections.</summary>
    public const int Sections = 64;

    /// <summary>Formats of a section: there are 128 payload types.</summary>
    public const int Formats = 128;

    /// <summary>Candidates in a section; the protocol's limit for a call.</summary>
    public const int Candidates = 256;

    /// <summary>Fingerprints of a section.</summary>
    public const int Fingerprints = 16;
}
