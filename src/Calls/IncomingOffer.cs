using Calls.Signaling;

namespace Calls;

/// <summary>An incoming call that reached the app by another way than the signaling channel, as by a push message.</summary>
/// <param name="CallId">The call.</param>
/// <param name="ChatId">The conversation.</param>
/// <param name="Sdp">The caller's offer.</param>
/// <param name="Video">Whether the caller asks for a video call.</param>
/// <param name="From">Who calls.</param>
/// <param name="Commitment">What came with the offer for the <see cref="VerificationCode"/>.</param>
public sealed record IncomingOffer(CallId CallId, string ChatId, string Sdp, bool Video, Party? From = null, string? Commitment = null);
