namespace Calls.Media.WebRtc.Rtp;

/// <summary>Reports and feedback, both ways.</summary>
internal sealed partial class RtpSession
{
    /// <summary>Takes an RTCP compound, in clear. What is malformed or about others is left.</summary>
    public void ReceiveRtcp(ReadOnlySpan<byte> compound, TimeSpan now)
    {
        var wantsKeyFrame = false;
        RtcpReader reader = new(compound);
        while (reader.TryNext(out var block))
        {
            switch (block.Type)
            {
                case RtcpType.SenderReport or RtcpType.ReceiverReport:
                    TakeReports(block, now);
                    break;
                case RtcpType.TransportFeedback when block.Count == RtcpFormat.Nack:
                    SendAgain(block, now);
                    break;
                case RtcpType.PayloadFeedback when block.Count == RtcpFormat.PictureLoss:
                    wantsKeyFrame |= block.Subject == _sendsVideo.Sender?.Ssrc;
                    break;
                // Its sources are in its own list, and the subject is 0.
                case RtcpType.PayloadFeedback when block.Count == RtcpFormat.FullIntra:
                    wantsKeyFrame |= _sendsVideo.Sender is not null;
                    break;
            }
        }

        if (wantsKeyFrame)
            _sink.KeyFrameWanted();
    }

    private void TakeReports(in RtcpBlock block, TimeSpan now)
    {
        if (block.TryReadSender(out var sent))
        {
            var receiver = block.Sender == _receivesAudio.Receiver?.Ssrc ? _receivesAudio.Receiver : block.Sender == _receivesVideo.Receiver?.Ssrc ? _receivesVideo.Receiver : null;
            receiver?.TakeReport(sent, now);
        }

        for (var i = 0; i < block.ReportCount; i++)
        {
            var report = block.Report(i);
            var sender = report.Ssrc == _sendsAudio.Sender?.Ssrc ? _sendsAudio.Sender : report.Ssrc == _sendsVideo.Sender?.Ssrc ? _sendsVideo.Sender : null;
            sender?.TakeReport(report, now + _unixEpoch);
        }
    }

    private void SendAgain(in RtcpBlock block, TimeSpan now)
    {
        if (_sendsVideo is not { IsOpen: true, Sender: { } sender } || block.Subject != sender.Ssrc)
            return;
        NackReader missing = new(block.Feedback);
        while (missing.TryNext(out var sequence))
        {
            var length = sender.WriteAgain(_packet, sequence, _transportSequence, now);
            if (length == 0)
                continue;
            NextTransportSequence(_sendsVideo);
            _sink.SendRtp(_packet, length);
        }
    }

    private void SendReports(TimeSpan now, bool leaves)
    {
        RtcpWriter writer = new(_packet.AsSpan(0, MaximumPacket));
        WriteReport(ref writer, _sendsAudio, _receivesAudio, now, leaves);
        WriteReport(ref writer, _sendsVideo, _receivesVideo, now, leaves);
        if (writer.Length > 0)
            _sink.SendRtcp(_packet, writer.Length);
    }

    private void WriteReport(ref RtcpWriter writer, SendingSection sends, ReceivingSection receives, TimeSpan now, bool leaves)
    {
        if (sends.Sender is not { } sender)
            return;
        scoped Span<ReportBlock> blocks = stackalloc ReportBlock[1];
        if (receives.Receiver is { } receiver)
            blocks[0] = receiver.Report(now);
        else
            blocks = [];
        if (sender.Packets > 0)
            writer.TrySenderReport(sender.Ssrc, sender.Report(now, now + _unixEpoch), blocks);
        else
            writer.TryReceiverReport(sender.Ssrc, blocks);
        writer.TryName(sender.Ssrc, _name);
        if (leaves)
            writer.TryBye(sender.Ssrc);
    }

    private void SendFeedback(TimeSpan now)
    {
        var ssrc = _sendsVideo.Sender?.Ssrc ?? _sendsAudio.Sender?.Ssrc ?? 0;
        RtcpWriter writer = new(_packet.AsSpan(0, MaximumPacket));
        // Where a compound must begin with a report, an empty one does (RFC 4585, section 3.1; RFC 5506).
        if (!_reducedSize)
        {
            writer.TryReceiverReport(ssrc, []);
            writer.TryName(ssrc, _name);
        }

        var empty = writer.Length;
        _receivesVideo.WriteFeedback(ref writer, ssrc, _sink, _sendsVideo.Sender?.RoundTripTime ?? _sendsAudio.Sender?.RoundTripTime ?? UnknownRoundTrip, now);
        if (_tellsArrivals)
            _arrivals.TryWrite(ref writer, ssrc, _receivesVideo.Receiver?.Ssrc ?? _receivesAudio.Receiver?.Ssrc ?? 0, now);
        if (writer.Length > empty)
            _sink.SendRtcp(_packet, writer.Length);
    }
}
