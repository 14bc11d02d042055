using System.Security.Cryptography;
using System.Text;

namespace Calls.Load;

/// <summary>Signed-in strangers, each of whom sends as many messages a second as a user may, as long as the server takes them, and not one that means anything.</summary>
internal static class GarbageLoad
{
    /// <summary>What each sends in a second: the server's default allowance.</summary>
    public const int PerSecond = 50;

    // Three at a time: a timer is no finer.
    private const int AtOnce = 3;

    private static readonly byte[][] Kinds =
    [
        Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(150))),
        "{\"type\":\"call:dance\",\"callId\":\"a\"}"u8.ToArray(),
        Encoding.ASCII.GetBytes("{\"type\":\"call:end\",\"callId\":\"a\",\"reason\":" + new string('[', 200)),
        Texts.Candidate("no-such-call", 7),
        Texts.Answer("no-such-call", 1),
        Texts.Answer("no-such-call", 1)[..700],
        Encoding.ASCII.GetBytes("{\"type\":\"call:resume\",\"calls\":[" + string.Join(',', Enumerable.Repeat("{\"callId\":\"a b\",\"received\":-1}", 20)) + "]}"),
        Encoding.ASCII.GetBytes($"{{\"type\":\"call:media\",\"callId\":\"a\",\"seq\":{new string('9', 400)}}}"),
        Encoding.ASCII.GetBytes($"{{\"type\":\"call:initiate\",\"callId\":\"b\",\"chatId\":\"\",\"video\":7,\"sdp\":\"{new string('x', 4_000)}\"}}"),
        Encoding.ASCII.GetBytes(new string('{', 16_000)),
    ];

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int strangers)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, strangers).Select(connect));
        var sent = 0L;
        foreach (var (at, socket) in sockets.Index())
        {
            _ = SendAsync(at, socket);
            _ = HearAsync(socket);
        }

        Console.WriteLine(LoadProcess.Begin);
        using PeriodicTimer window = new(HonestLoad.Window, TimeProvider.System);
        while (await window.WaitForNextTickAsync())
            Meter.Say("sent_per_s", Interlocked.Exchange(ref sent, 0) / HonestLoad.Window.TotalSeconds);

        async Task SendAsync(int stranger, ILoadSocket socket)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(60)), TimeProvider.System);
            using PeriodicTimer beat = new(TimeSpan.FromSeconds((double)AtOnce / PerSecond), TimeProvider.System);
            for (var kind = stranger; await beat.WaitForNextTickAsync();)
            {
                for (var i = 0; i < AtOnce; i++, kind++)
                    await socket.SendAsync(Kinds[kind % Kinds.Length]);
                Interlocked.Add(ref sent, AtOnce);
            }
        }
    }

    private static async Task HearAsync(ILoadSocket socket)
    {
        while (!(await socket.ReceiveAsync()).IsEmpty)
        {
        }
    }
}
