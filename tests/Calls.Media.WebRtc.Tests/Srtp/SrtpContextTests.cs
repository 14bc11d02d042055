using Calls.Media.WebRtc.Srtp;

namespace Calls.Media.WebRtc.Tests.Srtp;

public sealed class SrtpContextTests
{
    public static TheoryData<string> Profiles => SrtpPair.Profiles;

    [Theory, MemberData(nameof(Profiles))]
    public void What_is_protected_can_be_opened_and_is_not_readable_before(string profile)
    {
        using SrtpPair pair = new(profile);
        foreach (var length in Enumerable.Range(0, 1500).Where(length => length % 37 < 18))
        {
            var packet = SrtpPair.Rtp((ushort)length, payload: length);
            var sealedPacket = pair.Protect(packet);
            sealedPacket.Should().HaveCountGreaterThan(packet.Length);
            if (length > 15)
                sealedPacket.AsSpan(12, length).SequenceEqual(packet.AsSpan(12)).Should().BeFalse();
            pair.Open(sealedPacket).Should().Equal(packet);
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_packet_is_taken_once(string profile)
    {
        using SrtpPair pair = new(profile);
        var rtp = pair.Protect(SrtpPair.Rtp(7));
        var rtcp = pair.ProtectRtcp(SrtpPair.Rtcp());
        pair.Open(rtp).Should().NotBeNull();
        pair.Open(rtp).Should().BeNull();
        pair.OpenRtcp(rtcp).Should().NotBeNull();
        pair.OpenRtcp(rtcp).Should().BeNull();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_sequence_number_is_protected_once(string profile)
    {
        using SrtpPair pair = new(profile);
        pair.Protect(SrtpPair.Rtp(7)).Should().NotBeEmpty();
        pair.Protect(SrtpPair.Rtp(8)).Should().NotBeEmpty();
        pair.Protect(SrtpPair.Rtp(7)).Should().BeEmpty("one keystream must not serve twice");
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Packets_are_taken_in_any_order_within_the_window_and_refused_behind_it(string profile)
    {
        using SrtpPair pair = new(profile);
        var packets = Enumerable.Range(0, 1200).Select(i => pair.Protect(SrtpPair.Rtp((ushort)i))).ToArray();
        pair.Open(packets[1100]).Should().NotBeNull();
        pair.Open(packets[77]).Should().NotBeNull("1,023 back is the oldest that is known of");
        pair.Open(packets[76]).Should().BeNull();
        pair.Open(packets[1199]).Should().NotBeNull();
        pair.Open(packets[1150]).Should().NotBeNull();
        pair.Open(packets[1150]).Should().BeNull();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void The_rollover_counter_follows_the_sequence_numbers_also_where_packets_are_lost_or_late(string profile)
    {
        using SrtpPair pair = new(profile);
        byte[]? late = null;
        for (var i = 0; i < 200_000; i += 50)
        {
            var packet = SrtpPair.Rtp((ushort)i, payload: 4);
            var sealedPacket = pair.Protect(packet);
            if (i == 65_500)
                late = sealedPacket;
            else if (i % 300 != 0)
                pair.Open(sealedPacket).Should().Equal(packet);
            if (i == 65_650)
                pair.Open(late!).Should().Equal(SrtpPair.Rtp(65_500, payload: 4));
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_packet_that_is_not_authentic_changes_nothing(string profile)
    {
        using SrtpPair pair = new(profile);
        pair.Open(pair.Protect(SrtpPair.Rtp(10))).Should().NotBeNull();
        pair.OpenRtcp(pair.ProtectRtcp(SrtpPair.Rtcp())).Should().NotBeNull();
        for (var bit = 0; bit < 8 * 12; bit++)
        {
            // A forged sequence number far ahead would move the window, a forged source would take a place.
            var forged = pair.Protect(SrtpPair.Rtp((ushort)(30_000 + bit)));
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            pair.Open(forged).Should().BeNull();
        }

        pair.Sender.Dispose();
        using SrtpPair again = new(profile);
        pair.Open(again.Protect(SrtpPair.Rtp(11))).Should().NotBeNull();
        var next = again.ProtectRtcp(SrtpPair.Rtcp());
        pair.OpenRtcp(next).Should().BeNull("it has the index of the first");
        next = again.ProtectRtcp(SrtpPair.Rtcp());
        foreach (var place in Enumerable.Range(0, next.Length))
        {
            byte[] forged = [.. next];
            forged[place] ^= 0x10;
            pair.OpenRtcp(forged).Should().BeNull();
        }

        pair.OpenRtcp(next).Should().NotBeNull();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Sources_have_counters_of_their_own_and_there_are_64_at_most(string profile)
    {
        using SrtpPair pair = new(profile);
        for (uint source = 1; source <= SrtpContext.MaximumSources; source++)
        {
            pair.Open(pair.Protect(SrtpPair.Rtp(5, source))).Should().NotBeNull();
            pair.OpenRtcp(pair.ProtectRtcp(SrtpPair.Rtcp(source))).Should().NotBeNull();
        }

        pair.Protect(SrtpPair.Rtp(5, 1000)).Should().BeEmpty();
        pair.Protect(SrtpPair.Rtp(6, 1)).Should().NotBeEmpty();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Header_extensions_and_contributing_sources_stay_readable(string profile)
    {
        using SrtpPair pair = new(profile);
        byte[] packet = [.. SrtpPair.Rtp(1, payload: 0), 0, 0, 0, 9, 0xBE, 0xDE, 0, 1, 0x10, 0xFF, 0, 0, 1, 2, 3, 4, 5];
        packet[0] = 0x91;
        var sealedPacket = pair.Protect(packet);
        sealedPacket.AsSpan(0, 24).SequenceEqual(packet.AsSpan(0, 24)).Should().BeTrue();
        pair.Open(sealedPacket).Should().Equal(packet);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_packet_without_room_or_too_long_is_refused(string profile)
    {
        using SrtpPair pair = new(profile);
        pair.Sender.ProtectRtp(SrtpPair.Rtp(1), 32).Should().Be(0);
        pair.Sender.ProtectRtcp(SrtpPair.Rtcp(), 28).Should().Be(0);
        pair.Protect(SrtpPair.Rtp(1, payload: SrtpContext.MaximumLength)).Should().BeEmpty();
        pair.Open(new byte[SrtpContext.MaximumLength + 1]).Should().BeNull();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void After_the_end_nothing_is_protected_or_opened(string profile)
    {
        using SrtpPair pair = new(profile);
        var packet = pair.Protect(SrtpPair.Rtp(1));
        pair.Dispose();
        pair.Protect(SrtpPair.Rtp(2)).Should().BeEmpty();
        pair.Open(packet).Should().BeNull();
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Nothing_is_allocated_per_packet(string profile)
    {
        using SrtpPair pair = new(profile);
        byte[] rtp = [.. SrtpPair.Rtp(0, payload: 1100), .. new byte[SrtpContext.MaximumOverhead]], rtcp = [.. SrtpPair.Rtcp(), .. new byte[SrtpContext.MaximumOverhead]];
        Send(0, 200);
        Allocated.By(() => Send(200, 2200)).Should().Be(0);

        void Send(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                (rtp[2], rtp[3]) = ((byte)(i >> 8), (byte)i);
                pair.Receiver.TryUnprotectRtp(rtp.AsSpan(0, pair.Sender.ProtectRtp(rtp, 1112)), out _);
                pair.Receiver.TryUnprotectRtcp(rtcp.AsSpan(0, pair.Sender.ProtectRtcp(rtcp, 28)), out _);
            }
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Any_input_is_refused_without_harm(string profile)
    {
        using SrtpPair pair = new(profile);
        Fuzz.Run(share: 5, (random, _) =>
        {
            var input = new byte[random.Next(random.Next(2) == 0 ? 40 : 300)];
            random.NextBytes(input);
            if (input.Length > 0 && random.Next(4) > 0)
                input[0] = (byte)(0x80 | input[0] & 0x1F);
            pair.Open(input).Should().BeNull();
            pair.OpenRtcp(input).Should().BeNull();
        });

        pair.Open(pair.Protect(SrtpPair.Rtp(1))).Should().NotBeNull();
    }
}
