namespace TypedCache.Interop.Tests;

/// <summary>
/// What stands in keys behind their first word, as applications make it. The number in front keeps keys apart where both sides
/// cut them.
/// </summary>
public static class SharedKeys
{
    public const int Count = 2000;

    // Behind the longest word, a colon and the prefix of the setups which have one.
    private const int LongestForPhpMemcached = 250 - 8 - 4;

    /// <summary>The keys with their first word, as PHP code gives them.</summary>
    public static string[] Named(string word, IEnumerable<string> keys) => [.. keys.Select(key => $"{word}:{key}")];

    /// <summary>2,000 keys, of which pecl-memcache changes many: UTF-8, blanks, more than 250 bytes.</summary>
    public static string[] ForPecl { get; } = [.. Enumerable.Range(0, Count).Select(i => (i % 8) switch
    {
        0 => $"user:{i}",
        1 => $"{i} with blanks\tand a tab",
        2 => $"{i}:缓存:ключ:é",
        3 => $"{i}:" + new string('x', 300),
        4 => $"{i}:" + new string('é', 150),
        5 => $"{i}:\u007F\n:line",
        6 => $"session/{i:x8}/cart",
        _ => $"{i}:" + new string('y', 250 - $"{i}:".Length),
    })];

    /// <summary>2,000 keys which php-memcached takes: printable ASCII, up to 250 bytes in all.</summary>
    public static string[] ForPhpMemcached { get; } = [.. Enumerable.Range(0, Count).Select(i => (i % 4) switch
    {
        0 => $"user:{i}",
        1 => $"{i}:!#%&()*+,-./;<=>?@[]^_`{{|}}~",
        2 => $"session/{i:x8}/cart",
        _ => $"{i}:" + new string('y', LongestForPhpMemcached - $"{i}:".Length),
    })];
}
