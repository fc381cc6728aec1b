using System.Globalization;
using System.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;
using TypedCache.Values;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Each type that is stored as it is, read as each other one and counted by the server: what the comparison says is what happens.</summary>
public sealed class PlainTableTests
{
    private const string Key = "key";

    private static readonly Plain[] Types =
    [
        Plain.Of("string", CacheCodecs.String, "text", "", "7", "1"),
        Plain.Of("byte[]", CacheCodecs.Bytes, [1, 2], [0xFF], "7"u8.ToArray()),
        Plain.Of("ReadOnlyMemory<byte>", CacheCodecs.Memory, new byte[] { 0xFF }),
        Plain.Of("bool", CacheCodecs.Boolean, true, false),
        Plain.Of("sbyte", CacheCodecs.SByte, sbyte.MinValue, sbyte.MaxValue, (sbyte)1),
        Plain.Of("byte", CacheCodecs.Byte, byte.MaxValue, (byte)1),
        Plain.Of("short", CacheCodecs.Int16, short.MinValue, short.MaxValue),
        Plain.Of("ushort", CacheCodecs.UInt16, ushort.MaxValue, (ushort)1),
        Plain.Of("int", CacheCodecs.Int32, int.MinValue, int.MaxValue),
        Plain.Of("uint", CacheCodecs.UInt32, uint.MaxValue, 1u),
        Plain.Of("long", CacheCodecs.Int64, long.MinValue, long.MaxValue),
        Plain.Of("ulong", CacheCodecs.UInt64, ulong.MaxValue, 1ul),
        Plain.Of("float", CacheCodecs.Single, 7.5f, float.MaxValue, 0.1f),
        Plain.Of("double", CacheCodecs.Double, 7.5, double.MaxValue, 0.1),
    ];

    [Fact]
    public async Task Each_read_as_each_other()
    {
        await using var pool = MemcachedPool.InMemory();
        var differences = new List<string>();
        foreach (var written in Types)
        {
            foreach (var read in Types)
            {
                var happened = await written.IsReadByAsync(pool, read);
                if (happened != (Compare(written.Name, ContractCodec.Plain, read.Name) is null))
                {
                    differences.Add($"{written.Name} as {read.Name}: {(happened ? "works" : "does not work")}");
                }
            }

            var isCounted = await written.IsCountedAsync(pool);
            if (isCounted != (Compare(written.Name, ContractCodec.Counter, null) is null))
            {
                differences.Add($"{written.Name} counted: {(isCounted ? "works" : "does not work")}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static ContractBreak? Compare(string written, string codec, string? read)
    {
        var contract = new ContractFile("Shop", default, default);
        return ContractComparison.CompareValues(contract, CreateKey(ContractCodec.Plain, written), contract, CreateKey(codec, read)).SingleOrDefault();
    }

    private static ContractKey CreateKey(string codec, string? type) =>
        new("key", "IShop") { Codec = codec, Value = type is null ? null : new ContractType.Leaf(type, IsNullable: false) };

    private sealed record Plain(string Name, int Samples, Func<MemcachedPool, int, Task<object>> SetAsync, Func<MemcachedPool, Task<object>> GetAsync)
    {
        public static Plain Of<T>(string name, ICacheCodec<T> codec, params T[] samples)
            where T : notnull => new(
                name,
                samples.Length,
                async (pool, sample) =>
                {
                    await pool.SetAsync(Key, samples[sample], codec);
                    return samples[sample];
                },
                async pool => (await pool.GetValueAsync(Key, codec)).Value!);

        public async Task<bool> IsReadByAsync(MemcachedPool pool, Plain reader)
        {
            for (var sample = 0; sample < Samples; sample++)
            {
                var written = await SetAsync(pool, sample);
                try
                {
                    if (!IsSame(written, await reader.GetAsync(pool)))
                    {
                        return false;
                    }
                }
                catch (CacheValueException)
                {
                    return false;
                }
            }

            return true;
        }

        public async Task<bool> IsCountedAsync(MemcachedPool pool)
        {
            for (var sample = 0; sample < Samples; sample++)
            {
                await SetAsync(pool, sample);
                try
                {
                    await pool.IncrementAsync(Key, 0);
                }
                catch (MemcachedException)
                {
                    return false;
                }
            }

            return true;
        }

        // Text is what is stored; a number with a fraction can be written in several ways.
        private static bool IsSame(object written, object read) => (written, Text(read)) switch
        {
            (float or double, var text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number.Equals(Convert.ToDouble(written, CultureInfo.InvariantCulture)),
            (_, var text) => Text(written) == text,
        };

        private static string Text(object value) => value switch
        {
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            ReadOnlyMemory<byte> memory => Encoding.Latin1.GetString(memory.Span),
            bool flag => flag ? "1" : "0",
            float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
