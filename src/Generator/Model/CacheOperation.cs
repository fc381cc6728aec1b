namespace TypedCache.Generator.Model;

/// <summary>What a method does. The names and numbers are those of the runtime's <c>TypedCache.CacheOperation</c>.</summary>
internal enum CacheOperation
{
    FromName = 0,
    Get,
    GetAndTouch,
    Set,
    Add,
    Replace,
    Append,
    Prepend,
    CompareAndSet,
    Touch,
    Exists,
    Delete,
    Increment,
    Decrement,
    GetOrCreate,
    Invalidate,
}
