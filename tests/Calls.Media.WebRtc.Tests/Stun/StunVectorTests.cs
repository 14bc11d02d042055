using System.Net;
using System.Text;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Stun;

/// <summary>The sample messages of RFC 5769.</summary>
public class StunVectorTests
{
    private const string Transaction = "b7e7a701bc34d686fa87dfae";
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");

    private static readonly byte[] Request = Convert.FromHexString(
        "00010058" + "2112a442" + Transaction
        + "80220010" + "5354554e207465737420636c69656e74"
        + "00240004" + "6e0001ff"
        + "80290008" + "932ff9b151263b36"
        + "00060009" + "6576746a3a68367659202020"
        + "00080014" + "9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
        + "80280004" + "e57a3bcf");

    private const string ResponseIntegrity = "00080014" + "2b91f599fd9e90c38c7489f92af9ba53f06be7d7";

    private static readonly byte[] Response = Convert.FromHexString(
        "0101003c" + "2112a442" + Transaction
        + "8022000b" + "7465737420766563746f7220"
        + "00200008" + "0001a147e112a643"
        + ResponseIntegrity
        + "80280004" + "c07d4c96");

    private static readonly byte[] Response6 = Convert.FromHexString(
        "01010048" + "2112a442" + Transaction
        + "8022000b" + "7465737420766563746f7220"
        + "00200014" + "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
        + "00080014" + "a382954e4be67bf11784c97c8292c275bfe3ed41"
        + "80280004" + "c8fb0b4c");

    private static readonly byte[] LongTermRequest = Convert.FromHexString(
        "00010060" + "2112a442" + "78ad3433c6ad72c029da412e"
        + "00060012" + "e3839ee38388e383aae38383e382afe382b90000"
        + "0015001c" + "662f2f3439396b3935346436" + "4f4c33346f4c394653547679" + "36347341"
        + "0014000b" + "6578616d706c652e6f726700"
        + "00080014" + "f67024656dd64a3e02b8e0712e85c9a28ca89666");

    [Fact]
    public void The_sample_request_is_read()
    {
        StunMessage.TryParse(Request, out var message).Should().BeTrue();

        (message.Class, message.Method).Should().Be((StunClass.Request, StunMethod.Binding));
        message.Text(StunAttribute.Software).Should().Be("STUN test client");
        message.Text(StunAttribute.Username).Should().Be("evtj:h6vY");
        message.Number(StunAttribute.Priority).Should().Be(0x6e0001ff);
        message.LongNumber(StunAttribute.IceControlled).Should().Be(0x932ff9b151263b36);
        message.HasIntegrity(Key).Should().BeTrue();
        message.HasIntegrity(Key.AsSpan(1)).Should().BeFalse();
    }

    [Fact]
    public void The_sample_answers_tell_the_mapped_addresses()
    {
        StunMessage.TryParse(Response, out var message).Should().BeTrue();
        StunMessage.TryParse(Response6, out var message6).Should().BeTrue();

        message.Class.Should().Be(StunClass.Success);
        message.Address(StunAttribute.XorMappedAddress).Should().Be(new TransportAddress(IPAddress.Parse("192.0.2.1"), 32853));
        message6.Address(StunAttribute.XorMappedAddress)
            .Should().Be(new TransportAddress(IPAddress.Parse("2001:db8:1234:5678:11:2233:4455:6677"), 32853));
        (message.HasIntegrity(Key), message6.HasIntegrity(Key)).Should().Be((true, true));
    }

    [Fact]
    public void The_sample_of_a_long_term_credential_has_its_integrity()
    {
        StunMessage.TryParse(LongTermRequest, out var message).Should().BeTrue();

        message.HasIntegrity(StunChecksum.LongTermKey("マトリックス", "example.org", "TheMatrIX")).Should().BeTrue();
    }

    [Fact]
    public void A_written_answer_has_the_bytes_of_the_sample()
    {
        StunWriter writer = new(new byte[200], StunClass.Success, StunMethod.Binding, TransactionId.Read(Response.AsSpan(8)));
        // The sample pads with blanks, which count in its integrity; ours pads with zeros, as RFC 8489 asks.
        writer.Add(StunAttribute.Software, "test vector");
        writer.Add(StunAttribute.XorMappedAddress, new TransportAddress(IPAddress.Parse("192.0.2.1"), 32853));
        writer.AddIntegrity(Key);
        writer.AddFingerprint();
        var written = writer.Finish().ToArray();

        var until = Convert.ToHexStringLower(Response).IndexOf(ResponseIntegrity, StringComparison.Ordinal) / 2;
        var expected = Response[..until];
        expected[35] = 0;
        written[..until].Should().Equal(expected);
        StunMessage.TryParse(written, out var read).Should().BeTrue("the fingerprint is right");
        read.HasIntegrity(Key).Should().BeTrue();
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        const int fingerprint = 8;
        for (var i = 0; i < Request.Length - fingerprint; i++)
        {
            var changed = Request.ToArray();
            changed[i] ^= 1;
            StunMessage.TryParse(changed, out _).Should().BeFalse($"byte {i} is another");
        }
    }
}
