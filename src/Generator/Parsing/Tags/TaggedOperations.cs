using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>Which operations work on values with tags.</summary>
internal static class TaggedOperations
{
    /// <summary>What an operation has to do with the tags of the values under its keys.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isBatch">Whether it is one on many keys.</param>
    /// <param name="wantsCacheValue">Whether it gives values with their CAS numbers.</param>
    public static TagRole RoleOf(CacheOperation operation, bool isBatch, bool wantsCacheValue) => operation switch
    {
        CacheOperation.Get => isBatch && wantsCacheValue ? TagRole.Refuses : TagRole.Carries,
        CacheOperation.CompareAndSet => isBatch ? TagRole.Refuses : TagRole.Carries,
        CacheOperation.GetOrCreate or CacheOperation.Set or CacheOperation.Add or CacheOperation.Replace => TagRole.Carries,
        CacheOperation.GetAndTouch or CacheOperation.Append or CacheOperation.Prepend or CacheOperation.Increment or CacheOperation.Decrement => TagRole.Refuses,
        _ => TagRole.None,
    };

    /// <summary>Why an operation cannot have tags, and what fixes it.</summary>
    public static (string Reason, string Fix) Obstacle(CacheOperation operation) => operation switch
    {
        CacheOperation.Get => ("CacheValue of many keys does not ask for the versions of tags", "return the values alone, or read one key"),
        CacheOperation.CompareAndSet => ("CompareAndSet of many keys does not store the versions of tags", "pass one value"),
        CacheOperation.GetAndTouch => ("GetAndTouch does not ask for the versions of tags", "use Get, and Touch beside it"),
        CacheOperation.Append or CacheOperation.Prepend => ($"{operation} adds to bytes among which the versions of tags are", "use Set"),
        CacheOperation.Increment or CacheOperation.Decrement => ("a counter is nothing but its number", "remove [CacheTag]"),
        _ => ($"{operation} neither reads nor stores a value", "remove [CacheTag]"),
    };
}
