using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

public class NearTableConcurrencyTests
{
    private const int Keys = 2_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Keys).Select(static i => $"key {i}")];
    private static readonly byte[][] Bytes = [.. Names.Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3)]
    public async Task Readers_find_their_own_key_or_nothing_while_others_write(int seed, int hashBits)
    {
        var table = new NearTable(1_500);
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(i => Task.Run(() => Read(table, seed * 10 + i, hashBits, written.Token))).ToArray();
        var writers = Enumerable.Range(0, 2).Select(i => Task.Run(() => Write(table, seed * 10 + 5 + i, hashBits))).ToArray();

        await Task.WhenAll(writers);
        await written.CancelAsync();

        Assert.All(await Task.WhenAll(readers), static reads => Assert.True(reads > 0));
        Assert.InRange(table.Bytes, 0, 1_500);
    }

    private static int HashOf(int key, int bits) => bits == 0 ? NearTable.HashOf(Bytes[key]) : key & ((1 << bits) - 1);

    private static long Read(NearTable table, int seed, int hashBits, CancellationToken written)
    {
        var random = new Random(seed);
        var reads = 0L;
        do
        {
            var key = random.Next(Keys);
            if (table.Find(Bytes[key], HashOf(key, hashBits)) is { } found)
            {
                Assert.Equal(Names[key], ((TestEntry)found).Name);
            }

            reads++;
        }
        while (!written.IsCancellationRequested);
        return reads;
    }

    // Each writer sees what it has done as long as it keeps the gate.
    private static void Write(NearTable table, int seed, int hashBits)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40_000; i++)
        {
            var key = random.Next(Keys);
            var hash = HashOf(key, hashBits);
            lock (table.Gate)
            {
                if (random.Next(10_000) == 0)
                {
                    table.Clear();
                    Assert.Equal(0, table.Count);
                }
                else if (random.Next(3) == 0)
                {
                    table.Remove(Bytes[key], hash);
                    Assert.Null(table.Find(Bytes[key], hash));
                }
                else
                {
                    var entry = new TestEntry(Names[key], hash, random.Next(3) + 1);
                    Assert.Same(table.Set(entry) ? entry : null, table.Find(Bytes[key], hash));
                }
            }
        }
    }
}
