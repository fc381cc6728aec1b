namespace TypedCache.Embedded;

/// <summary>The settings of an <see cref="EmbeddedServer"/>. They are read once, when the server is created.</summary>
public sealed class EmbeddedServerOptions
{
    /// <summary>The name of the server in messages.</summary>
    public string Name { get; set; } = "embedded";

    /// <summary>
    /// What <c>version</c> answers; the default is 1.6.40. From 1.6.40 on, <c>mg</c> with <c>C</c> sends a value only if its CAS number is
    /// another one, as in memcached since then. Nothing else depends on the version.
    /// </summary>
    public string Version { get; set; } = "1.6.40";

    /// <summary>
    /// Bytes that the items may take, counted as memcached counts them (key, value and about 60 bytes of
    /// overhead each); above that the least recently used are evicted. At least <see cref="MaxItemSize"/>.
    /// </summary>
    public long MemoryLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The largest item in bytes, key and overhead included, from 1024 to 1 GiB: memcached's option <c>-I</c>.
    /// </summary>
    public int MaxItemSize { get; set; } = 1024 * 1024;

    /// <summary>The clock by which items expire. memcached counts whole seconds, and so does this server.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Whether <see cref="EmbeddedServer.Listen(System.Net.IPEndPoint)"/> accepts an address other than loopback. The server has neither
    /// authentication nor encryption.
    /// </summary>
    public bool AllowRemoteConnections { get; set; }

    /// <summary>
    /// Takes a line for each connection that opens or closes, each command without its value and the first line of each answer, much
    /// as <c>memcached -vv</c> prints them; null, the default, for none. Keys are in it. The threads that serve call it, several at once;
    /// it must not throw.
    /// </summary>
    public Action<string>? Log { get; set; }

    /// <summary>
    /// Takes each command when it has come whole, and decides what becomes of it: to let the server answer it, it has to call
    /// <see cref="EmbeddedExchange.Run"/>. Null, the default: the server answers all. For tests that let a server fail, or note what it is
    /// asked. The threads that serve call it, several at once; where it throws, the connection is closed.
    /// </summary>
    public Action<EmbeddedExchange>? Intercept { get; set; }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(Version);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (Version.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"{nameof(Version)} '{Version}' has a space or a character that is not ASCII; use a form like 1.6.18.");
        }

        if (MaxItemSize is < 1024 or > 1024 * 1024 * 1024)
        {
            throw new ArgumentException($"{nameof(MaxItemSize)} is {MaxItemSize}; it has to be from 1024 bytes to 1 GiB.");
        }

        if (MemoryLimit < MaxItemSize)
        {
            throw new ArgumentException($"{nameof(MemoryLimit)} is {MemoryLimit}; it has to hold at least one item of {nameof(MaxItemSize)} = {MaxItemSize} bytes.");
        }
    }
}
