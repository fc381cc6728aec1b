using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// The rendezvous hashing of pymemcache (rendezvous.py, <c>get_node</c>): the score of a server is the MurmurHash3 of <c>host:port-key</c>, of
/// which it takes the low 8 bits of each character (murmur3.py). Weights are ignored.
/// </summary>
internal sealed class PymemcacheStrategy : HighestScoreStrategy
{
    // A byte of a key takes up to four characters, and the whole three more.
    private const int CharactersPerByte = 4;
    private const int Quotes = 3;

    private readonly bool _keysAreBytes;

    // For each server what the whole blocks of its name give, and the rest of it.
    private readonly uint[] _hashes;
    private readonly byte[][] _rests;
    private readonly int[] _lengths;

    /// <summary>Creates the strategy.</summary>
    /// <param name="servers">The servers, in any order.</param>
    /// <param name="keysAreBytes">Whether Python gives keys as <c>bytes</c>, which are hashed as Python shows them: <c>b'key'</c>.</param>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    public PymemcacheStrategy(IReadOnlyList<HashServer> servers, bool keysAreBytes)
        : base(servers)
    {
        _keysAreBytes = keysAreBytes;
        _hashes = new uint[servers.Count];
        _rests = new byte[servers.Count][];
        _lengths = new int[servers.Count];
        for (var server = 0; server < servers.Count; server++)
        {
            SetName(server, $"{ServerNames.HostAndPort(servers[server])}-");
        }

        // Of servers with equal scores the one with the larger name has the key.
        Sort((left, right) =>
        {
            var names = string.CompareOrdinal(ServerNames.HostAndPort(servers[right]), ServerNames.HostAndPort(servers[left]));
            return names != 0 ? names : left.CompareTo(right);
        });
    }

    public override int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without)
    {
        // The rest of a name is put right in front of the key.
        var room = Murmur3.BlockSize + Quotes + (key.Length * CharactersPerByte);
        var buffer = room <= StackSize ? stackalloc byte[StackSize] : new byte[room];
        var text = buffer[Murmur3.BlockSize..];
        var length = _keysAreBytes ? PythonText.WriteBytes(key, text) : PythonText.WriteCharacters(key, text);
        return FindHighest(text[..length], buffer[..(Murmur3.BlockSize + length)], without);
    }

    protected override uint Score(int server, ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        var rest = _rests[server];
        var bytes = buffer[(Murmur3.BlockSize - rest.Length)..];
        rest.CopyTo(bytes);
        var hash = Murmur3.AddBlocks(_hashes[server], bytes);
        return Murmur3.Finish(hash, bytes[(bytes.Length / Murmur3.BlockSize * Murmur3.BlockSize)..], _lengths[server] + key.Length);
    }

    private void SetName(int server, string text)
    {
        var name = new byte[Encoding.UTF8.GetByteCount(text)];
        var length = PythonText.WriteCharacters(Encoding.UTF8.GetBytes(text), name);
        var rest = length % Murmur3.BlockSize;
        _hashes[server] = Murmur3.AddBlocks(0, name.AsSpan(0, length));
        _rests[server] = name[(length - rest)..length];
        _lengths[server] = length;
    }
}
