using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

/// <summary>Random calls, beside a dictionary of what was set last.</summary>
public class NearTableModelTests
{
    private const int Calls = 30_000;

    [Theory]
    [InlineData(1, 50, 1_000, 40, int.MaxValue)]
    [InlineData(2, 5_000, 1_000, 40, int.MaxValue)]
    [InlineData(3, 5_000, 100_000, 40, int.MaxValue)]
    [InlineData(4, 300, 1_000, 400, int.MaxValue)]
    [InlineData(5, 300, 20, 8, int.MaxValue)]
    [InlineData(6, 300, 2_000, 40, 5)]
    [InlineData(7, 300, 2_000, 1, 1)]
    public void Whatever_is_found_is_what_was_set_last(int seed, int keys, int maxBytes, int heaviest, int hashes)
    {
        var random = new Random(seed);
        var table = new NearTable(maxBytes);
        var model = new Dictionary<string, TestEntry>();
        for (var call = 0; call < Calls; call++)
        {
            var name = $"{random.Next(keys)}";
            var hash = TestEntry.HashOf(name) & int.MaxValue;
            hash = hashes == int.MaxValue ? hash : name.Length * 31 + name[^1] % hashes;
            lock (table.Gate)
            {
                switch (random.Next(1_000))
                {
                    case 0:
                        table.Clear();
                        model.Clear();
                        break;
                    case < 100:
                        Assert.Equal(model.Remove(name, out var removed) && removed.IsListed, table.Remove(Encoding.UTF8.GetBytes(name), hash));
                        break;
                    case < 500:
                        var entry = new TestEntry(name, hash, random.Next(heaviest) + 1);
                        Assert.Equal(table.Set(entry), entry.IsListed);
                        model[name] = entry;
                        break;
                    default:
                        var last = model.GetValueOrDefault(name);
                        Assert.Same(last is { IsListed: true } ? last : null, table.Find(Encoding.UTF8.GetBytes(name), hash));
                        break;
                }
            }

            Assert.InRange(table.Bytes, 0, maxBytes);
            if (call % 100 == 0)
            {
                var listed = model.Values.Where(static each => each.IsListed).ToList();
                Assert.Equal((listed.Count, listed.Sum(static each => each.Weight)), (table.Count, table.Bytes));
                Assert.All(listed, each => Assert.Same(each, table.Find(each.Key, each.Hash)));
            }
        }
    }
}
