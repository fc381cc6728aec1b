using CsCheck;
using TypedCache.Keys;

namespace TypedCache.Tests.Keys;

/// <summary>Under Escape, distinct arguments give distinct keys.</summary>
public class KeyInjectivityTests
{
    // Few characters, and those which escaping has to do with, so that collisions would be found.
    private static readonly Gen<string> Part = 
        Gen.Char[":%203A \né\uD800\uDC00"].Array[0, 5].Select(characters => new string(characters));

    private static readonly Gen<string> LongPart = Gen.Select(Gen.Int[0, 500], Part, (length, part) => new string('x', length) + part);

    [Fact]
    public void Short_arguments() => SampleCollisions(Part, 100_000);

    [Fact]
    public void Arguments_beyond_the_longest_key() => SampleCollisions(LongPart, 20_000);

    [Fact]
    public void All_pairs_of_very_short_arguments()
    {
        const string Characters = ":%2 3A";
        var parts = new List<string> { "" };
        for (var length = 1; length <= 3; length++)
        {
            parts.AddRange(parts.Where(part => part.Length == length - 1).SelectMany(part => Characters.Select(character => part + character)).ToArray());
        }

        var keys = new HashSet<string>();
        foreach (var first in parts)
        {
            foreach (var second in parts)
            {
                Assert.True(keys.Add(Key(first, second)), $"'{first}' and '{second}' give a key which another pair gave");
            }
        }

        Assert.Equal(259 * 259, keys.Count);
    }

    private static void SampleCollisions(Gen<string> part, long iterations) =>
        Gen.Select(part, part, part, part).Sample(
            (first, second, otherFirst, otherSecond) =>
                (first == otherFirst && second == otherSecond) == (Key(first, second) == Key(otherFirst, otherSecond)),
            iter: iterations);

    private static string Key(string first, string second)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.AppendLiteral("k"u8);
        writer.Append(first, (byte)':');
        writer.AppendLiteral(":"u8);
        writer.Append(second);
        return Convert.ToHexString(writer.Finish());
    }
}
