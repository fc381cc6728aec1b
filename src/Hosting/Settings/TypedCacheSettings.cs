using System.ComponentModel.DataAnnotations;
using TypedCache.Keys;

namespace TypedCache.Hosting;

/// <summary>
/// The settings of a pool as configuration has them: section <c>TypedCache</c>, then <c>TypedCache:{name}</c>, then
/// <c>ConnectionStrings:{name}</c>, then what code sets. <see cref="MemcachedPoolOptions"/> says what they mean.
/// </summary>
/// <remarks>
/// What a connection string says replaces what the sections say. What configuration cannot express, such as a hash function of your own, is
/// set by <c>ConfigurePool</c>.
/// </remarks>
public sealed class TypedCacheSettings
{
    /// <summary>The section of configuration.</summary>
    public const string SectionName = "TypedCache";

    /// <summary>Servers and settings in one text, as for <see cref="MemcachedPool.Connect(string)"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The servers, each as <c>host:port weight=2 zone=a address=10.0.0.7 name=a</c>, <c>[::1]:11211</c> or <c>unix:/path</c>. A named section replaces those of the common one.</summary>
    public IList<string> Servers { get; } = [];

    /// <summary>
    /// The source of the servers, which the pool follows: config:host:port of ElastiCache or Memorystore, dns+host:port, or another one that
    /// the application has. Servers hold until it has named some.
    /// </summary>
    public string? Discovery { get; set; }

    /// <summary>Which other client the servers are shared with. It decides what the settings mean that are left out.</summary>
    public MemcachedPreset Preset { get; set; }

    /// <summary>The user that the servers ask for.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>How connections are encrypted. By default they are not.</summary>
    public TypedCacheTlsSettings Tls { get; } = new();

    /// <summary>Which of memcached's text protocols is spoken: Auto, Meta or Classic.</summary>
    public MemcachedProtocol Protocol { get; set; }

    /// <summary>Precedes every key on the wire.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>Whether the prefix takes part in choosing the server. Default: as the preset says.</summary>
    public bool? HashKeyPrefix { get; set; }

    /// <summary>What happens to keys passed as text that memcached would not accept: Escape, Pecl or Reject. Default: as the preset says.</summary>
    public KeyPolicy? KeyPolicy { get; set; }

    /// <summary>What becomes of a whole key before its server is chosen, where EnyimMemcachedCore has such a transformer. Default: as the preset says.</summary>
    public TypedCacheKeyTransformer? KeyTransformer { get; set; }

    /// <summary>How keys are spread over the servers. Default: as the preset says.</summary>
    public TypedCacheHashStrategy? HashStrategy { get; set; }

    /// <summary>
    /// How keys are hashed. Default: as the preset says; with <see cref="HashStrategy"/>, what is usual for that.
    /// </summary>
    public TypedCacheHashFunction? HashFunction { get; set; }

    /// <summary>Whether PHP sets <c>OPT_SORT_HOSTS</c>. Only for the strategies of php-memcached.</summary>
    public bool SortHosts { get; set; }

    /// <summary>Whether plain <c>char</c> is signed where PHP runs: true on x64, false on Linux/arm64. Only for the functions of php-memcached.</summary>
    public bool SignedChar { get; set; } = true;

    /// <summary>How values are marked and written, by the client whose form it is. Default: as the preset says.</summary>
    public TypedCacheValueDialect? ValueDialect { get; set; }

    /// <summary>Values of at least this size in bytes are compressed; 0 turns compression off. Default: as the preset says.</summary>
    [Range(0, int.MaxValue)]
    public int? CompressionThreshold { get; set; }

    /// <summary>The part of the size that compression has to save, from 0 to 1. Default: as the preset says.</summary>
    [Range(0.0, 1.0)]
    public double? CompressionMinimumSaving { get; set; }

    /// <summary>The largest size in bytes to which a stored value may expand.</summary>
    [Range(1, 0x7FFFFFC7)]
    public int MaxExpandedSize { get; set; } = 128 * 1024 * 1024;

    /// <summary>How much memory compressed values may take while they are expanded and read, in bytes, all callers together.</summary>
    public long MaxExpandedTogether { get; set; } = 256 * 1024 * 1024;

    /// <summary>The longest value, as it is stored, in bytes.</summary>
    [Range(1, int.MaxValue)]
    public int MaxValueLength { get; set; } = 128 * 1024 * 1024;

    /// <summary>How long connecting to a server may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an operation waits for its reply.</summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two attempts to reach a failed server. -00:00:00.001: it stays failed.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a connection may be idle before TCP asks the server whether it is there. -00:00:00.001: for ever.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether keys of a failed server go to another one. Default: as the preset says.</summary>
    public bool? AllowFailover { get; set; }

    /// <summary>The order in which other servers are tried, by the client whose order it is. Default: as the preset says.</summary>
    public TypedCacheFailoverOrder? FailoverOrder { get; set; }

    /// <summary>How many places in the failover order are searched for a server that has not failed. Default: as the preset says.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxFailoverAttempts { get; set; }

    /// <summary>How many servers each value is written to.</summary>
    [Range(1, int.MaxValue)]
    public int Redundancy { get; set; } = 1;

    /// <summary>The zone that the application is in, of those that the servers name. Default: there are no zones.</summary>
    public string? Zone { get; set; }

    /// <summary>The servers that take the keys of servers that have failed, each written as in <see cref="Servers"/>. A named section replaces those of the common one.</summary>
    public IList<string> Spares { get; } = [];

    /// <summary>The longest time that anything lives on a spare.</summary>
    public TimeSpan SpareExpiry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a read does when no server can answer it: Throw or Miss.</summary>
    public ServerFailurePolicy OnServerFailure { get; set; }

    /// <summary>When servers that are connected but fail their callers are taken out. By default never.</summary>
    public TypedCacheSickServerSettings SickServers { get; } = new();

    /// <summary>How the pool goes from one list of servers to another. By default at once; values do not move.</summary>
    public TypedCacheServerChangeSettings ServerChanges { get; } = new();

    /// <summary>The most connections to each server.</summary>
    [Range(1, 16)]
    public int ConnectionsPerServer { get; set; } = 2;

    /// <summary>How many bytes may wait for one server that does not keep up.</summary>
    [Range(1, int.MaxValue)]
    public int MaxQueuedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How much memory the values that the pool keeps in this process may take, in bytes; 0: none are kept.</summary>
    public long MaxNearBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many hits the pool audits in a second, at most, where options have <c>Audit</c>; 0: none.</summary>
    [Range(0, int.MaxValue)]
    public int MaxAuditsPerSecond { get; set; } = 10;

    /// <summary>Of how many keys the missed deletes of each server are kept while it cannot be reached; 0: none are kept.</summary>
    [Range(0, int.MaxValue)]
    public int MaxMissedDeletes { get; set; } = 65_536;

    /// <summary>What happens to a server that has missed more deletes than are kept: Warn or FlushOnReturn.</summary>
    public MissedDeletesOverflow OnMissedDeletesOverflow { get; set; }

    /// <summary>What was wrong with what was read, for the validation.</summary>
    internal List<string> Mistakes { get; } = [];

    /// <summary>The connection string whose settings have been taken over.</summary>
    internal string? AppliedConnectionString { get; set; }
}
