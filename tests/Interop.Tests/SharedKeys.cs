namespace TypedCache.Interop.Tests;

/// <summary>Keys as applications make them. The number in front keeps them apart where both sides cut them.</summary>
public static class SharedKeys
{
    public const int Count = 2000;

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

    /// <summary>2,000 keys which php-memcached takes: printable ASCII, together with a prefix of four bytes up to 250 bytes.</summary>
    public static string[] ForPhpMemcached { get; } = [.. Enumerable.Range(0, Count).Select(i => (i % 4) switch
    {
        0 => $"user:{i}",
        1 => $"{i}:!#%&()*+,-./;<=>?@[]^_`{{|}}~",
        2 => $"session/{i:x8}/cart",
        _ => $"{i}:" + new string('y', 246 - $"{i}:".Length),
    })];
}
