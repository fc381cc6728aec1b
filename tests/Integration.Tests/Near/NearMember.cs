using TypedCache.Tests.Near;

namespace TypedCache.Integration.Tests.Near;

/// <summary>One process of a fleet.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="Pending">Its reads that are under way.</param>
internal sealed record NearMember(int Number, MemcachedPool Pool, PendingReads Pending);
