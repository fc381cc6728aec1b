using System.Text;
using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>The calls which a recorded PHP program made, in order, and the preset which stands for them.</summary>
internal sealed class PhpMemcachedCalls
{
    private const int MaxLength = 250;

    private PhpMemcachedDistribution _distribution;
    private PhpMemcachedHash? _hash;
    private byte[] _prefix = [];
    private bool _hashesPrefix;
    private bool _hasServers;
    private bool _dropsWeights;
    private bool _sortsHosts;

    public static PhpMemcachedCalls Read(string name, JsonElement steps)
    {
        var calls = new PhpMemcachedCalls();
        if (name == "ini_consistent")
        {
            calls._distribution = PhpMemcachedDistribution.Consistent;
        }

        foreach (var step in steps.EnumerateArray())
        {
            calls.Apply([.. step.EnumerateArray()]);
        }

        return calls;
    }

    /// <summary>Gives the server of a key as the preset chooses it.</summary>
    public Func<byte[], int> Router(HashServer[] servers) => Router(servers, static (options, list) => options.HashStrategy(list, options.HashFunction));

    /// <summary>Gives the server of a key as something does that is made by the preset.</summary>
    public Func<byte[], int> Router(HashServer[] servers, Func<MemcachedPoolOptions, HashServer[], IHashStrategy> make)
    {
        var options = MemcachedPoolOptions.ForPhpMemcached(_distribution, _hash, sortHosts: _sortsHosts);
        var list = _dropsWeights ? [.. servers.Select(server => server with { Weight = 1 })] : servers;
        var strategy = make(options, list);
        if (!_hashesPrefix)
        {
            return key => strategy.Find(key);
        }

        options.HashFunction = new ZeroHashFromKeys(options.HashFunction);
        var ofHash0 = make(options, list);
        return key => _prefix.Length + key.Length > MaxLength ? ofHash0.Find(ZeroHashFromKeys.Key) : strategy.Find(WithPrefix(key));
    }

    // libmemcached copies the key with strncpy: what follows a NUL becomes NUL as well. No such key is ever sent.
    private byte[] WithPrefix(byte[] key)
    {
        var nul = Array.IndexOf(key, (byte)0);
        byte[] hashed = [.. _prefix, .. key];
        if (nul >= 0)
        {
            hashed.AsSpan(_prefix.Length + nul).Clear();
        }

        return hashed;
    }

    private void Apply(JsonElement[] step)
    {
        switch (step[0].GetString())
        {
            case "add" or "adds":
                _hasServers = true;
                break;
            case "add_noweight":
                _hasServers = true;
                _dropsWeights = true;
                break;
            case "prefix":
                _prefix = Encoding.UTF8.GetBytes(step[1].GetString()!);
                break;
            default:
                SetOption(step[1].GetString()!, step[2]);
                break;
        }
    }

    private void SetOption(string option, JsonElement value)
    {
        switch (option)
        {
            case "OPT_LIBKETAMA_COMPATIBLE":
                _distribution = value.GetBoolean() ? PhpMemcachedDistribution.Ketama : PhpMemcachedDistribution.Modula;
                _hash = value.GetBoolean() ? PhpMemcachedHash.Md5 : null;
                break;
            case "OPT_DISTRIBUTION":
                _distribution = _hasServers ? PhpMemcachedDistribution.ConsistentUnweighted : PhpMemcachedDistribution.Consistent;
                break;
            case "OPT_HASH":
                _hash = HashOf(value.GetString()!);
                break;
            case "OPT_HASH_WITH_PREFIX_KEY":
                _hashesPrefix = true;
                break;
            case "OPT_SORT_HOSTS":
                _sortsHosts = value.GetBoolean();
                break;
            default:
                throw new InvalidDataException($"unknown option {option}");
        }
    }

    private static PhpMemcachedHash HashOf(string name) => name switch
    {
        "HASH_DEFAULT" or "HASH_HSIEH" => PhpMemcachedHash.OneAtATime,
        "HASH_MD5" => PhpMemcachedHash.Md5,
        "HASH_CRC" => PhpMemcachedHash.Crc,
        "HASH_FNV1_64" => PhpMemcachedHash.Fnv64,
        "HASH_FNV1A_64" => PhpMemcachedHash.Fnv1a64,
        "HASH_FNV1_32" => PhpMemcachedHash.Fnv32,
        "HASH_FNV1A_32" => PhpMemcachedHash.Fnv1a32,
        "HASH_MURMUR" => PhpMemcachedHash.Murmur,
        _ => throw new InvalidDataException($"unknown hash {name}"),
    };

    // libmemcached gives a key which is too long together with its prefix the hash 0.
    private sealed class ZeroHashFromKeys(IHashFunction points) : IHashFunction
    {
        public static byte[] Key { get; } = [];

        public uint Hash(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? 0 : points.Hash(bytes);
    }
}
