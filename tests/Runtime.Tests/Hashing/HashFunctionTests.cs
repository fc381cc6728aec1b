using CsCheck;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

public class HashFunctionTests
{
    [Fact]
    public void The_published_check_values_come_out()
    {
        Assert.Equal(0xCBF43926u, HashFunctions.Crc32.Hash("123456789"u8));
        Assert.Equal(0u, HashFunctions.Crc32.Hash(default));
        Assert.Equal(0x811C9DC5u, HashFunctions.Fnv1a.Hash(default));
        Assert.Equal(0xE40C292Cu, HashFunctions.Fnv1a.Hash("a"u8));
        Assert.Equal(0xBF9CF968u, HashFunctions.Fnv1a.Hash("foobar"u8));
    }

    [Fact]
    public void Crc32_is_the_bitwise_one_at_every_length() => Gen.Byte.Array[0, 40].Sample(bytes =>
        Assert.Equal(BitwiseCrc32(bytes), HashFunctions.Crc32.Hash(bytes)));

    [Fact]
    public void Fnv1a_differs_by_signedness_only_beyond_ASCII()
    {
        var unsigned = new Fnv1aHashFunction(signedChar: false);
        Gen.Byte.Array[1, 20].Sample(bytes =>
            Assert.Equal(bytes.All(value => value < 0x80), HashFunctions.Fnv1a.Hash(bytes) == unsigned.Hash(bytes)));

        // 0x811C9DC5 ^ 0xFFFFFFE9 and 0x811C9DC5 ^ 0xE9, times the prime.
        Assert.Equal(unchecked((0x811C9DC5u ^ 0xFFFFFFE9u) * 0x01000193u), HashFunctions.Fnv1a.Hash([0xE9]));
        Assert.Equal(unchecked((0x811C9DC5u ^ 0xE9u) * 0x01000193u), unsigned.Hash([0xE9]));
    }

    private static uint BitwiseCrc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
