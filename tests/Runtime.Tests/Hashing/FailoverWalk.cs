using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>Walks a failover sequence past the servers which are down in a recorded case.</summary>
internal sealed class FailoverWalk
{
    private readonly FailoverSequence _sequence;
    private readonly IHashStrategy _strategy;
    private readonly HashSet<int> _down;
    private readonly int _attempts;

    public FailoverWalk(FailoverSequence sequence, IHashStrategy strategy, JsonElement route)
    {
        _sequence = sequence;
        _strategy = strategy;
        _down = [.. route.GetProperty("down").EnumerateArray().Select(index => index.GetInt32())];
        var isAllowed = !route.TryGetProperty("allow_failover", out var allowed) || allowed.GetInt32() != 0;
        _attempts = isAllowed ? route.GetProperty("max_failover_attempts").GetInt32() : 0;
    }

    /// <summary>How many servers are tried after a key's own.</summary>
    public int Attempts => _attempts;

    public bool IsDown(int server) => _down.Contains(server);

    /// <summary>The first server which is not down, or the last one tried.</summary>
    public int Find(byte[] key)
    {
        var server = _strategy.Find(key);
        for (var attempt = 0; attempt < _attempts && IsDown(server); attempt++)
        {
            server = _sequence.FindCandidate(_strategy, key, attempt);
        }

        return server;
    }
}
