using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Stun;

/// <summary>An IP address and a port as a value, so that a packet's path is compared without an allocation.</summary>
internal readonly record struct TransportAddress
{
    /// <summary>The bytes of a system's longest address of the two families.</summary>
    public const int NativeLength = 28;

    private const int NativeLengthOfIPv4 = 16;
    private readonly UInt128 _address;

    private TransportAddress(UInt128 address, bool isIPv6, ushort port) => (_address, IsIPv6, Port) = (address, isIPv6, port);

    /// <summary>An address; an IPv4 address in an IPv6 one counts as IPv4.</summary>
    public TransportAddress(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        this = FromBytes(bytes[..length], checked((ushort)port));
    }

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsIPv6 { get; }

    /// <summary>0 to 65535; 0: no port.</summary>
    public ushort Port { get; }

    /// <summary>Whether it is this machine's address to itself.</summary>
    public bool IsLoopback => IsIPv6 ? _address == 1 : _address >> 24 == 127;

    /// <summary>The address without the port.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            return new IPAddress(bytes[..WriteBytes(bytes)]);
        }
    }

    /// <summary>The same address with another port.</summary>
    public TransportAddress WithPort(ushort port) => new(_address, IsIPv6, port);

    /// <summary>Whether both have one IP address, whatever the ports.</summary>
    public bool HasAddressOf(TransportAddress other) => IsIPv6 == other.IsIPv6 && _address == other._address;

    /// <summary>From 4 or 16 bytes in network order.</summary>
    public static TransportAddress FromBytes(ReadOnlySpan<byte> bytes, ushort port) => bytes.Length == 4
        ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes), false, port)
        : new(BinaryPrimitives.ReadUInt128BigEndian(bytes), true, port);

    /// <summary>Writes the 4 or 16 bytes of the address, and returns how many.</summary>
    public int WriteBytes(Span<byte> bytes)
    {
        if (!IsIPv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_address);
            return 4;
        }

        BinaryPrimitives.WriteUInt128BigEndian(bytes, _address);
        return 16;
    }

    /// <summary>What the system says of a received datagram.</summary>
    public static TransportAddress From(SocketAddress address) => FromNative(address.Buffer.Span, address.Family != AddressFamily.InterNetwork);

    /// <summary>The same, as bytes.</summary>
    public static TransportAddress FromNative(ReadOnlySpan<byte> bytes, bool isIPv6)
    {
        // Family, port, then the address; in IPv6 the flow stands between. So it is on all systems.
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return isIPv6 ? Unmapped(bytes.Slice(8, 16), port) : FromBytes(bytes.Slice(4, 4), port);
    }

    /// <summary>Writes the address as Linux takes it, and returns how many bytes it takes.</summary>
    /// <param name="bytes">Room for <see cref="NativeLength"/>.</param>
    public int WriteNative(Span<byte> bytes)
    {
        const ushort Internet = 2, InternetOfVersion6 = 10;
        bytes[..NativeLength].Clear();
        MemoryMarshal.Write(bytes, IsIPv6 ? InternetOfVersion6 : Internet);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], Port);
        WriteBytes(bytes[(IsIPv6 ? 8 : 4)..]);
        return IsIPv6 ? NativeLength : NativeLengthOfIPv4;
    }

    /// <inheritdoc cref="TransportAddress(IPAddress, int)"/>
    public static TransportAddress From(IPEndPoint endPoint) => new(endPoint.Address, endPoint.Port);

    /// <summary>As the sockets take it.</summary>
    public IPEndPoint ToEndPoint() => new(Address, Port);

    /// <inheritdoc/>
    public override string ToString() => ToEndPoint().ToString();

    private static TransportAddress Unmapped(ReadOnlySpan<byte> bytes, ushort port)
        => bytes[..10].IndexOfAnyExcept((byte)0) < 0 && bytes[10] == 0xFF && bytes[11] == 0xFF ? FromBytes(bytes[12..], port) : FromBytes(bytes, port);
}
