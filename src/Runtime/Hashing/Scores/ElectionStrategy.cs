using System.Globalization;
using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// xmemcached's election (ElectionMemcachedSessionLocator.java): the score of a server is the highest hash of its name, a number for each unit
/// of its weight, and the key.
/// </summary>
internal sealed class ElectionStrategy : HighestScoreStrategy, IAddressedStrategy
{
    private readonly IHashFunction _function;
    private readonly byte[][][] _names;
    private readonly int _longestName;

    /// <summary>Creates the strategy.</summary>
    /// <param name="servers">The servers; their order matters only if two scores are equal.</param>
    /// <param name="function">Hashes names and keys together.</param>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid, or has a name and no address.</exception>
    public ElectionStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
        : base(servers)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _names = new byte[servers.Count][][];
        for (var server = 0; server < _names.Length; server++)
        {
            _names[server] = NamesOf(servers[server]);
            _longestName = Math.Max(_longestName, _names[server][^1].Length);
        }
    }

    public bool UsesAddresses => true;

    public override int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without)
    {
        // The names are put right in front of the key.
        var room = _longestName + key.Length;
        var buffer = room <= StackSize ? stackalloc byte[StackSize] : new byte[room];
        key.CopyTo(buffer[_longestName..]);
        return FindHighest(key, buffer[..room], without);
    }

    protected override uint Score(int server, ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        var highest = 0u;
        foreach (var name in _names[server])
        {
            var text = buffer[(_longestName - name.Length)..];
            name.CopyTo(text);
            highest = Math.Max(highest, _function.Hash(text));
        }

        return highest;
    }

    private static byte[][] NamesOf(HashServer server)
    {
        var name = ServerNames.JavaSocketAddress(server);
        var names = new byte[server.Weight][];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));
        }

        return names;
    }
}
