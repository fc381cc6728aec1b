using System.Text;

namespace TypedCache.Interop.Tests.Others;

/// <summary>What stands in keys behind their first word: 2,000 keys of all lengths, to exactly 250 bytes with all that comes before.</summary>
public static class OtherKeys
{
    private const int Longest = 250;

    /// <summary>Makes the keys.</summary>
    /// <param name="word">The first word, which a colon follows.</param>
    /// <param name="prefix">What the client puts in front.</param>
    /// <param name="isAscii">Whether the client takes nothing but printable ASCII.</param>
    public static string[] Make(string word, string prefix, bool isAscii)
    {
        var left = Longest - Encoding.UTF8.GetByteCount($"{prefix}{word}:");
        return [.. Enumerable.Range(0, SharedKeys.Count).Select(i => (i % 8) switch
        {
            0 => $"user:{i}",
            1 => $"{i}:!#%&()*+,-./;<=>?@[]^_`{{|}}~'\"\\",
            2 => $"session/{i:x8}/cart",
            3 => Fill($"{i}:", 'y', left),
            4 => $"{i:x32}",
            5 => isAscii ? $"{i}" : $"{i}:缓存:ключ:é:😀",
            6 => isAscii ? Fill($"{i}:", 'z', left - 1) : Fill($"{i}:é", '存', left),
            _ => isAscii ? $"{i}:A.b" : $"é{i}",
        })];
    }

    // A character of several bytes may not end where the key ends; what is left is filled with ASCII.
    private static string Fill(string start, char filler, int length)
    {
        var left = length - Encoding.UTF8.GetByteCount(start);
        var size = Encoding.UTF8.GetByteCount([filler]);
        return start + new string(filler, left / size) + new string('.', left % size);
    }
}
