using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedCache.Hashing;
using TypedCache.Pool;

namespace TypedCache;

/// <summary>One server of a pool.</summary>
/// <param name="Host">
/// A host name, an IPv4 address, an IPv6 address in brackets, or <c>unix:///path</c> for a Unix domain socket. The hash strategy
/// hashes it exactly as given, so all clients of a cluster have to spell it alike.
/// </param>
/// <param name="Port">The TCP port, 1 to 65535; 0 for a Unix domain socket.</param>
/// <param name="Weight">How large the server's share of the keys is, compared with the others: at least 1.</param>
public sealed record MemcachedServerOptions(string Host, int Port = MemcachedServerOptions.DefaultPort, int Weight = 1)
{
    /// <summary>memcached's port.</summary>
    public const int DefaultPort = 11211;

    /// <summary>
    /// Which zone the server is in, where a pool has several (<see cref="MemcachedPoolOptions.Zone"/>): 1 to 100 letters, digits, dots, underscores
    /// and hyphens. Default: null, none.
    /// </summary>
    public string? Zone { get; init; }

    internal const string UnixScheme = HashServer.UnixScheme;

    /// <summary>
    /// Where to connect before <see cref="Host"/> is resolved: the address that a cluster tells with the name. Where nothing answers there,
    /// the name is resolved. Certificates are for <see cref="Host"/>, and keys are hashed by it, unless the pool imitates a client that hashes
    /// addresses: Enyim's, spymemcached's and xmemcached's rings do. Default: null, none.
    /// </summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// What is hashed in the place of host and port: the name that twemproxy's configuration gives the server
    /// (<see cref="MemcachedPoolOptions.ForTwemproxy"/>). Default: null, none. Other hash strategies refuse it.
    /// </summary>
    public string? HashName { get; init; }

    /// <summary>The name under which the server appears in messages, statistics and the hash ring: <c>host:port</c>.</summary>
    public string Name => IsStandIn ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Whether it stands for servers that are not known yet, and has the name of their source. No server has port 0.</summary>
    internal bool IsStandIn => Port == 0 && !IsUnixSocket;

    internal bool IsUnixSocket => Host.StartsWith(UnixScheme, StringComparison.Ordinal);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        if (IsUnixSocket)
        {
            ValidatePath();
        }
        else if (HostText.Mistake(Host) is { } mistake)
        {
            throw new ArgumentException($"The host '{HostText.Shown(Host)}' is not valid: {mistake}");
        }

        ValidateZone(Zone);
        ValidateHashName(HashName);
        if (Weight < 1)
        {
            throw new ArgumentException($"The weight of {Name} is {Weight}; it has to be at least 1.");
        }

        if (IsUnixSocket ? Port != 0 : Port is < 1 or > 65535)
        {
            throw new ArgumentException(IsUnixSocket
                ? $"{Name}: a Unix domain socket has port 0."
                : $"The port of {Host}:{Port} is not between 1 and 65535.");
        }
    }

    /// <summary>Checks the name of a zone.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    internal static void ValidateZone(string? zone)
    {
        if (zone is null)
        {
            return;
        }

        var isValid = zone.Length is >= 1 and <= 100;
        foreach (var each in zone)
        {
            isValid &= char.IsAsciiLetterOrDigit(each) || each is '.' or '_' or '-';
        }

        if (!isValid)
        {
            throw new ArgumentException($"The zone '{HostText.Shown(zone)}' is not valid: use 1 to 100 letters, digits, dots, underscores and hyphens.");
        }
    }

    /// <summary>Checks what is hashed in the place of host and port.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    internal static void ValidateHashName(string? name)
    {
        if (name is null)
        {
            return;
        }

        var isValid = name.Length is >= 1 and <= 255;
        foreach (var each in name)
        {
            isValid &= !char.IsWhiteSpace(each) && !char.IsControl(each);
        }

        if (!isValid)
        {
            throw new ArgumentException($"The hash name '{HostText.Shown(name)}' is not valid: use 1 to 255 characters without blanks.");
        }
    }

    private void ValidatePath()
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(Host[UnixScheme.Length..]);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            var length = Encoding.UTF8.GetByteCount(Host) - UnixScheme.Length;
            throw new ArgumentException(
                $"The path of the Unix socket '{HostText.Shown(Host)}' has {length} bytes, which the system does not take. Use a path of at most 100, or a symbolic link to it.", exception);
        }
    }
}
