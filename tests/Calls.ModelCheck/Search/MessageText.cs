using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>Messages as canonical bytes.</summary>
internal static class MessageText
{
    public static void Write(ByteText text, SignalingMessage message)
    {
        if (message is CallMessage inCall)
        {
            text.Call(inCall.CallId);
            text.Write(inCall.Seq ?? 0);
            text.Device(Names.Device(inCall.From));
        }

        switch (message)
        {
            case InitiateMessage initiate:
                text.Write(1);
                text.Made(initiate.Sdp);
                break;
            case OfferMessage offer:
                text.Write(2);
                text.Made(offer.Sdp);
                break;
            case AnswerMessage answer:
                text.Write(3);
                text.Made(answer.Sdp);
                break;
            case CandidatesMessage candidates:
                text.Write(4);
                Candidates(text, candidates.Candidates);
                break;
            case EndMessage end:
                text.Write(5);
                text.Reason(end.Reason);
                break;
            case RejectMessage reject:
                text.Write(6);
                text.Reason(reject.Reason);
                break;
            case RejectedMessage rejected:
                text.Write(7);
                text.Reason(rejected.Reason);
                break;
            case NoAnswerMessage:
                text.Write(8);
                break;
            case RingingMessage:
                text.Write(9);
                break;
            case NegotiateMessage negotiate:
                text.Write(10);
                text.Write((int)negotiate.Kind | (negotiate.NewSession ? 8 : 0));
                text.Write(negotiate.Round);
                text.Made(negotiate.Sdp);
                break;
            case MediaStateMessage media:
                text.Write(11);
                text.Write((media.Muted ? 1 : 0) | ((int)media.Video << 1) | (media.Hold ? 8 : 0));
                break;
            case ResumeMessage resume:
                text.Write(12);
                Progress(text, resume.Calls);
                break;
            case WelcomeMessage welcome:
                text.Write(13);
                Progress(text, welcome.Calls);
                break;
            case ErrorMessage error:
                text.Write(14);
                text.Call(error.CallId ?? default);
                text.Reason(error.Code);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "No such message.");
        }
    }

    public static void Candidates(ByteText text, IReadOnlyList<IceCandidate> candidates)
    {
        text.Write(candidates.Count);
        for (var i = 0; i < candidates.Count; i++)
            text.Made(candidates[i].Candidate);
    }

    private static void Progress(ByteText text, IReadOnlyList<CallProgress> calls)
    {
        text.Write(calls.Count);
        foreach (var call in calls)
        {
            text.Call(call.CallId);
            text.Write(call.Received);
        }
    }
}
