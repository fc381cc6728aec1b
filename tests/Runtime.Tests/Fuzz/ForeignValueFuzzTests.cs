using TypedCache.Tests.Values;
using TypedCache.Tests.Values.OtherClients;
using TypedCache.Values;

namespace TypedCache.Tests.Fuzz;

/// <summary>Hostile and broken values of other clients: a value, or <see cref="CacheValueException"/>, and no more memory than the bytes are worth.</summary>
public class ForeignValueFuzzTests(ITestOutputHelper output)
{
    private const int LongestRandom = 40;
    private const int LargestAllocation = 64 * 1024;

    // The flags under which something is parsed.
    private static readonly (ValueDialect Dialect, uint[] Flags)[] Parsed =
    [
        (ValueDialect.Enyim, [257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 272, 274]),
        (ValueDialect.EnyimMessagePack, [257, 273]),
        (ValueDialect.Pymemcache, [1, 2, 4, 9, 16, 0x180]),
        (ValueDialect.PythonMemcached, [1, 2, 10]),
        (ValueDialect.Dalli, [1, 3, 4, 6, 0x81]),
        (ValueDialect.Spymemcached, [0, 1, 2, 0x100, 0x200, 0x300, 0x400, 0x500, 0x600, 0x700, 0x802]),
        (ValueDialect.NodeMemcached, [0, 2, 4, 8]),
        (ValueDialect.Plain, [0, 0x10000]),
    ];

    [Fact]
    public void Any_bytes_are_a_value_or_refused()
    {
        var random = new Random(20);
        var seeds = RecordedItem.LoadAll().Where(static item => item.Bytes is { Length: > 0 and < 200 }).Select(static item => item.Bytes!).ToArray();
        var (read, refused) = (0, 0);
        for (var number = 0; number < FuzzCount.Inputs; number++)
        {
            var (dialect, allFlags) = Parsed[number % Parsed.Length];
            var flags = allFlags[random.Next(allFlags.Length)];
            var bytes = Next(random, seeds);
            var type = TypedRead.All[random.Next(TypedRead.All.Count)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                type.Read(new PipelineProbe(dialect), flags, bytes);
                read++;
            }
            catch (CacheValueException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Input {number}: {dialect}, flags 0x{flags:X}, as {type.Name}: {Convert.ToHexString(bytes)}", exception);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestAllocation);
        }

        output.WriteLine($"{FuzzCount.Inputs} values of other clients: {read} read, {refused} refused");
        Assert.InRange(read, FuzzCount.Inputs / 50, FuzzCount.Inputs);
        Assert.InRange(refused, FuzzCount.Inputs / 10, FuzzCount.Inputs);
    }

    private static byte[] Next(Random random, byte[][] seeds)
    {
        if (random.Next(3) == 0)
        {
            var any = new byte[random.Next(LongestRandom)];
            random.NextBytes(any);
            return any;
        }

        var bytes = (byte[])seeds[random.Next(seeds.Length)].Clone();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
