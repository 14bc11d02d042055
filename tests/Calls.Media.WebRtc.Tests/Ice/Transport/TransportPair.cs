using System.Diagnostics;
using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>Two transports that tell each other what they have, at once.</summary>
internal sealed class TransportPair : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public TransportPair(IceTransportSettings? first = null, IceTransportSettings? second = null)
    {
        First = new End(true, first ?? new() { WithLoopback = true });
        Second = new End(false, second ?? new() { WithLoopback = true });
        (First.Other, Second.Other) = (Second, First);
    }

    public End First { get; }

    public End Second { get; }

    public async Task<TimeSpan> ConnectAsync()
    {
        var begin = Stopwatch.GetTimestamp();
        Introduce();
        First.Transport.StartGathering();
        Second.Transport.StartGathering();
        await Task.WhenAll(First.Connected.Task, Second.Connected.Task).WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(begin);
    }

    public void Introduce()
    {
        First.Transport.SetRemoteCredentials(Second.Transport.LocalCredentials);
        Second.Transport.SetRemoteCredentials(First.Transport.LocalCredentials);
    }

    public void Dispose()
    {
        First.Transport.Dispose();
        Second.Transport.Dispose();
    }

    public sealed class End : IIceTransportSink
    {
        public End(bool isControlling, IceTransportSettings settings) => Transport = new IceTransport(isControlling, this, settings);

        public IceTransport Transport { get; }

        public End? Other { get; set; }

        public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Told { get; } = [];

        /// <summary>The names of the threads that told a state.</summary>
        public List<string?> Tellers { get; } = [];

        public Action<byte[]>? Packet { get; set; }

        public Action? PacketHeard { get; set; }

        public void PacketArrived(Span<byte> packet)
        {
            PacketHeard?.Invoke();
            Packet?.Invoke(packet.ToArray());
        }

        public void CandidateGathered(string line, string ufrag)
        {
            Told.Add(line);
            Other?.Transport.AddRemoteCandidate(line, ufrag);
        }

        public void GatheringEnded(string ufrag)
        {
            Other?.Transport.AddRemoteCandidate("", ufrag);
            Ended.TrySetResult();
        }

        public void StateChanged(IceState state)
        {
            Tellers.Add(Thread.CurrentThread.Name);
            if (state == IceState.Connected)
                Connected.TrySetResult();
        }

        /// <summary>Sends a packet, again and again as media do, until it arrived at the other end.</summary>
        public async Task SendAsync(byte[] packet)
        {
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Other!.Packet = came =>
            {
                if (came.AsSpan().SequenceEqual(packet))
                    arrived.TrySetResult();
            };
            for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < Patience && !arrived.Task.IsCompleted;)
            {
                Transport.Send(packet);
                await Task.WhenAny(arrived.Task, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
            }

            arrived.Task.IsCompleted.Should().BeTrue("the packet arrives");
        }
    }
}
