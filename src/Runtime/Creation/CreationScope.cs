namespace TypedCache.Creation;

/// <summary>
/// The create functions that the current code was called by. One that asks the cache for the key it is creating would wait for
/// itself.
/// </summary>
internal sealed class CreationScope
{
    private static readonly AsyncLocal<CreationScope?> Innermost = new();

    private readonly CreationScope? _outer;
    private readonly PendingCreations _creations;
    private readonly byte[] _key;

    private CreationScope(PendingCreations creations, byte[] key)
    {
        _outer = Innermost.Value;
        _creations = creations;
        _key = key;
    }

    /// <summary>Whether the current code was called by any create function.</summary>
    public static bool IsInside => Innermost.Value is not null;

    /// <summary>Marks the current code, and what it calls, as the create function of a key. Ends with the async method that calls it.</summary>
    public static void Enter(PendingCreations creations, byte[] key) => Innermost.Value = new CreationScope(creations, key);

    /// <summary>Whether the current code was called by the create function of a key.</summary>
    public static bool Creates(PendingCreations creations, byte[] key)
    {
        for (var scope = Innermost.Value; scope is not null; scope = scope._outer)
        {
            if (scope._creations == creations && scope._key.AsSpan().SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }
}
