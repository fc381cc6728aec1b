namespace TypedCache.Generator.Model;

/// <summary>What happens to arguments that memcached would not take. The names and numbers are those of the runtime's <c>KeyPolicy</c>.</summary>
internal enum KeyPolicy
{
    Escape = 0,
    Pecl = 1,
    Reject = 2,
}
