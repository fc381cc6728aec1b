using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>A key of two shapes.</summary>
/// <param name="Parts">Its text in pieces; where a text is not known, the segment of the left and of the right shape that it is in.</param>
internal sealed record CommonKey(IReadOnlyList<(string Text, int Left, int Right)> Parts)
{
    private const int HashBytes = 16;
    private const string HashMark = "%=";

    /// <summary>Makes a key.</summary>
    /// <param name="symbols">Its bytes, each with the segments that it is in.</param>
    public static CommonKey Create(IReadOnlyList<(int Symbol, int Left, int Right)> symbols)
    {
        var parts = new List<(string, int, int)>();
        var bytes = new List<byte>();
        foreach (var (symbol, left, right) in symbols)
        {
            if (symbol != ByteSet.UnknownText)
            {
                bytes.Add((byte)symbol);
                continue;
            }

            EndText();
            parts.Add(("", left, right));
        }

        EndText();
        return new CommonKey(parts);

        void EndText()
        {
            if (bytes.Count > 0)
            {
                parts.Add((Encoding.UTF8.GetString([.. bytes]), -1, -1));
                bytes.Clear();
            }
        }
    }

    /// <summary>Its length in bytes, without what is not known.</summary>
    public int Length => Parts.Sum(static part => KeyText.ByteCount(part.Text));

    /// <summary>The key for people: a text that is not known is the placeholder that gives it.</summary>
    /// <param name="name">What the placeholder in a segment of the left or of the right shape is called; null where its text is known.</param>
    public string Text(Func<int, int, string> name)
    {
        var text = string.Concat(Parts.Select(part => part.Left < 0 ? part.Text : $"{{{name(part.Left, part.Right)}}}"));
        return Length > KeyText.MaxBytes ? Hashed(text) : text;
    }

    // What KeyPolicy.Escape makes of a key that is too long.
    private static string Hashed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var hash = SHA256.Create();
        var digits = string.Concat(hash.ComputeHash(bytes).Take(HashBytes).Select(static value => value.ToString("X2", CultureInfo.InvariantCulture)));
        return $"{Encoding.UTF8.GetString(bytes, 0, KeyText.MaxBytes - HashMark.Length - digits.Length)}{HashMark}{digits}";
    }
}
