using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Calls.Media.WebRtc.Ice;

/// <summary>The addresses of this machine that another may reach, best first; asked of the system once, and again after they changed.</summary>
internal sealed class LocalAddresses
{
    private static readonly IPAddress[] NothingElse = [IPAddress.Loopback];
    private readonly Lock _gate = new();
    private readonly Func<IPAddress[]?> _ask;
    private IPAddress[]? _known;
    private Action? _changed;
    private bool _isWatching;
    private long _asked;
    private long _answered;

    /// <param name="ask">Gives the addresses that there are now, best first; null: the system does not say.</param>
    public LocalAddresses(Func<IPAddress[]?> ask) => _ask = ask;

    /// <summary>Those of this machine.</summary>
    public static LocalAddresses Shared { get; } = new(Ask);

    /// <summary>Addresses came or went.</summary>
    public event Action Changed
    {
        add
        {
            lock (_gate)
            {
                _changed += value;
                Watch();
            }
        }
        remove
        {
            lock (_gate)
                _changed -= value;
        }
    }

    /// <summary>All addresses, best first.</summary>
    public IReadOnlyList<IPAddress> All
    {
        get
        {
            lock (_gate)
            {
                Watch();
                return _known ??= _ask() ?? NothingElse;
            }
        }
    }

    /// <summary>The addresses to tell, best first.</summary>
    /// <param name="withLoopback">Whether the loopback counts; where there is nothing else it does anyway.</param>
    public IReadOnlyList<IPAddress> Get(bool withLoopback)
    {
        var all = All;
        return withLoopback || all.All(IPAddress.IsLoopback) ? all : [.. all.Where(address => !IPAddress.IsLoopback(address))];
    }

    /// <summary>Asks again. Several may at once: the one that asked last is believed, because a change is told after it was made.</summary>
    public void Refresh()
    {
        var number = Interlocked.Increment(ref _asked);
        if (_ask() is not { } now)
            return;
        Action? changed;
        lock (_gate)
        {
            if (number < _answered)
                return;
            _answered = number;
            if (_known is not null && _known.SequenceEqual(now))
                return;
            (_known, changed) = (now, _changed);
        }

        changed?.Invoke();
    }

    /// <summary>Puts the addresses that may be used in order (RFC 8421: IPv6 and IPv4 take turns, none waits for all of the other).</summary>
    public static IReadOnlyList<IPAddress> InOrder(IEnumerable<IPAddress> addresses)
    {
        var usable = addresses.Where(IsUsable).Distinct().ToList();
        var six = usable.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).OrderBy(Rank).ToList();
        var four = usable.Where(address => address.AddressFamily == AddressFamily.InterNetwork).OrderBy(Rank).ToList();
        List<IPAddress> order = [];
        for (var i = 0; i < Math.Max(six.Count, four.Count); i++)
        {
            if (i < six.Count)
                order.Add(six[i]);
            if (i < four.Count)
                order.Add(four[i]);
        }

        return order;
    }

    private static bool IsUsable(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !address.Equals(IPAddress.Any)
        // A candidate cannot tell the link that such an address belongs to.
        : !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.IsIPv6SiteLocal && !address.IsIPv4MappedToIPv6;

    private static int Rank(IPAddress address) => IPAddress.IsLoopback(address) ? 2 : address.IsIPv6UniqueLocal ? 1 : 0;

    private static IPAddress[]? Ask()
    {
        try
        {
            return [.. InOrder(NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address))];
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException)
        {
            // An interface left while it was looked at. What is known is kept: the change itself is told too.
            return null;
        }
    }

    private void Watch()
    {
        if (_isWatching)
            return;
        _isWatching = true;
        NetworkChange.NetworkAddressChanged += (_, _) => Refresh();
        NetworkChange.NetworkAvailabilityChanged += (_, _) => Refresh();
    }
}
