namespace Calls.Media.WebRtc.Dtls;

/// <summary>The handshake did not succeed: no media flows.</summary>
internal sealed class DtlsException(string message, Exception? innerException = null) : Exception(message, innerException);
