using System.Globalization;
using System.Numerics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>Which texts binary fractions have, against what the types themselves say.</summary>
public sealed class FloatingTextTests
{
    [Fact]
    public void All_halves_have_their_text() => Check(
        KeyValueType.Half, Enumerable.Range(short.MinValue, ushort.MaxValue + 1).Select(static bits => BitConverter.Int16BitsToHalf((short)bits)));

    [Fact]
    public void Floats_have_their_text()
    {
        var random = new Random(5);
        Check(KeyValueType.Single, Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))
            .Concat(Enumerable.Range(-149, 277).Select(static power => float.ScaleB(1, power)))
            .Concat(Enumerable.Range(-45, 84).Select(static power => (float)Math.Pow(10, power))));
    }

    [Fact]
    public void Doubles_have_their_text()
    {
        var random = new Random(6);
        Check(KeyValueType.Double, Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
            .Concat(Enumerable.Range(0, 5_000).Select(_ => random.Next(100_000) / 1000.0))
            .Concat(Enumerable.Range(-1074, 2098).Select(static power => double.ScaleB(1, power)))
            .Concat(Enumerable.Range(-323, 632).Select(static power => Math.Pow(10, power))));
    }

    // And those that differ from them in a digit have none, unless another number has it.
    private static void Check<T>(KeyValueType type, IEnumerable<T> values)
        where T : IFloatingPointIeee754<T>
    {
        var texts = FloatingText.Of(type);
        var random = new Random(7);
        foreach (var value in values)
        {
            // Keys have no negative zero.
            var text = (value + T.Zero).ToString(null, CultureInfo.InvariantCulture);
            Assert.True(texts.IsText(text), text);

            var changed = text.ToCharArray();
            changed[random.Next(changed.Length)] = "0123456789.-E"[random.Next(13)];
            var other = new string(changed);
            var isText = T.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && (parsed + T.Zero).ToString(null, CultureInfo.InvariantCulture) == other;
            Assert.True(isText == texts.IsText(other), $"{other}: {isText}");
        }
    }
}
