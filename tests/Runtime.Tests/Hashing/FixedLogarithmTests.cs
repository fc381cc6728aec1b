using CsCheck;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

public class FixedLogarithmTests
{
    private const double One = 1L << 40;

    // Small draws decide, so that they are tried as often as large ones.
    private static readonly Gen<ulong> Draws = Gen.Select(Gen.ULong, Gen.Int[0, 63], static (draw, shift) => draw >> shift);

    [Fact]
    public void It_never_falls_and_is_never_less_than_its_bound() => Gen.Select(Draws, Draws).Sample(static (one, other) =>
    {
        Assert.True(FixedLogarithm.Of(Math.Min(one, other)) <= FixedLogarithm.Of(Math.Max(one, other)));
        Assert.True(FixedLogarithm.AtLeast(one) <= FixedLogarithm.Of(one));
    });

    [Fact]
    public void It_is_the_logarithm_within_0_1_percent() => Draws.Sample(static draw =>
    {
        var exact = -double.LogP1(-(draw / Math.Pow(2, 64))) / Math.Log(2);
        Assert.InRange(FixedLogarithm.Of(draw) / One, (0.999 * exact) - (2 / One), Math.Min(64, (1.001 * exact) + (2 / One)));
    });

    [Fact]
    public void Its_ends_are_0_and_64()
    {
        Assert.Equal(1UL, FixedLogarithm.Of(0));
        Assert.Equal(64UL << 40, FixedLogarithm.Of(ulong.MaxValue));
        Assert.Equal((1UL << 40) + 1, FixedLogarithm.Of(1UL << 63));
    }
}
