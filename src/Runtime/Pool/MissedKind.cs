using TypedCache.Protocol;

namespace TypedCache.Pool;

/// <summary>What a server has missed of a key. What comes later in the list is never left out for what comes earlier.</summary>
internal enum MissedKind
{
    /// <summary>A value was written elsewhere, or what the server has of it is not needed any more.</summary>
    Write,

    /// <summary>A value was marked as stale; it stays.</summary>
    Invalidate,

    /// <summary>A value was removed.</summary>
    Delete,
}

/// <summary>What servers miss of requests that do not reach them.</summary>
internal static class MissedKinds
{
    /// <summary>Whether a request takes a value away: it is carried out later where it has failed.</summary>
    public static bool IsRemoval(Request request) =>
        request.IsRemovedOnFailure || request.Verb is Verb.Delete or Verb.Invalidate or Verb.Release || request is { Verb: Verb.CompareAndSet, Expiry: < 0 };

    /// <summary>Whether a server that does not get a request has an older value afterwards.</summary>
    public static bool Outdates(Request request) =>
        request.Verb is (>= Verb.Set and <= Verb.CompareAndSet) or Verb.Increment or Verb.Decrement || IsRemoval(request);

    /// <summary>What a server misses that does not get a request.</summary>
    public static MissedKind Of(Request request) =>
        request.Verb == Verb.Invalidate ? MissedKind.Invalidate
        : request.Verb == Verb.Delete || IsRemoval(request) ? MissedKind.Delete
        : MissedKind.Write;
}
