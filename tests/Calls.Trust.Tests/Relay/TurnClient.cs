using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Calls.Trust.Tests;

/// <summary>Asks a TURN server for one allocation (RFC 8656, section 7), with the long-term credentials of RFC 8489, section 9.2.</summary>
internal static class TurnClient
{
    private const int Realm = 0x0014, Nonce = 0x0015, Username = 0x0006, Integrity = 0x0008, Transport = 0x0019, Error = 0x0009;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>200: granted; otherwise the error code; 0: no answer.</summary>
    public static async Task<int> AllocateAsync(int port, string? username, string? password)
    {
        using UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Loopback, port);
        var first = await AskAsync(socket, Request());
        if (username is null || CodeOf(first) != 401)
            return CodeOf(first);
        var (realm, nonce) = (ValueOf(first!, Realm), ValueOf(first!, Nonce));
        return CodeOf(await AskAsync(socket, Signed(username, password!, realm, nonce)));
    }

    private static async Task<byte[]?> AskAsync(UdpClient socket, byte[] request)
    {
        using CancellationTokenSource late = new(Patience);
        try
        {
            await socket.SendAsync(request, late.Token);
            return (await socket.ReceiveAsync(late.Token)).Buffer;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return null;
        }
    }

    private static byte[] Request(params (int Type, byte[] Value)[] attributes)
    {
        List<byte> body = [];
        foreach (var (type, value) in ((int, byte[])[])[(Transport, [17, 0, 0, 0]), .. attributes])
        {
            body.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
            body.AddRange(new byte[(4 - (value.Length % 4)) % 4]);
        }

        // Allocate, and the magic cookie of RFC 8489, section 5.
        return [0x00, 0x03, (byte)(body.Count >> 8), (byte)body.Count, 0x21, 0x12, 0xA4, 0x42, .. RandomNumberGenerator.GetBytes(12), .. body];
    }

    private static byte[] Signed(string username, string password, byte[] realm, byte[] nonce)
    {
        var request = Request((Username, Encoding.UTF8.GetBytes(username)), (Realm, realm), (Nonce, nonce));
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), (ushort)(request.Length - 20 + 24));
#pragma warning disable CA5350, CA5351 // RFC 8489, section 9.2.2, asks for both.
        var key = MD5.HashData([.. Encoding.UTF8.GetBytes(username + ":"), .. realm, .. Encoding.UTF8.GetBytes(":" + password)]);
        return [.. request, 0x00, Integrity, 0x00, 20, .. HMACSHA1.HashData(key, request)];
#pragma warning restore CA5350, CA5351
    }

    private static int CodeOf(byte[]? answer) => answer is null ? 0 : answer[0] == 0x01 && answer[1] == 0x03 ? 200 : ErrorOf(ValueOf(answer, Error));

    private static int ErrorOf(byte[] value) => value.Length < 4 ? -1 : (value[2] * 100) + value[3];

    private static byte[] ValueOf(byte[] message, int type)
    {
        for (var at = 20; at + 4 <= message.Length;)
        {
            var (found, length) = (BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at)), BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at + 2)));
            if (found == type)
                return message[(at + 4)..(at + 4 + length)];
            at += 4 + length + ((4 - (length % 4)) % 4);
        }

        return [];
    }
}
