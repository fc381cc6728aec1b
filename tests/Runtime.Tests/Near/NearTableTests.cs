using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

public class NearTableTests
{
    [Fact]
    public void What_was_set_is_found()
    {
        var table = new NearTable(1_000);
        var entry = new TestEntry("a", 10);

        Assert.True(table.Put(entry));

        Assert.Same(entry, table.Find("a"));
        Assert.Null(table.Find("b"));
        Assert.True(entry.IsListed);
        Assert.Equal((1, 10), (table.Count, table.Bytes));
    }

    [Fact]
    public void A_new_entry_takes_the_place_of_the_one_of_its_key()
    {
        var table = new NearTable(1_000);
        var (former, entry) = (new TestEntry("a", 10), new TestEntry("a", 20));
        table.Put(former);

        Assert.True(table.Put(entry));

        Assert.Same(entry, table.Find("a"));
        Assert.Equal((false, true), (former.IsListed, entry.IsListed));
        Assert.Equal((1, 20, 0), (table.Count, table.Bytes, table.Evictions));
    }

    [Fact]
    public void What_was_removed_is_gone()
    {
        var table = new NearTable(1_000);
        var entry = new TestEntry("a", 10);
        table.Put(entry);

        Assert.True(table.Remove("a"));

        Assert.Null(table.Find("a"));
        Assert.False(entry.IsListed);
        Assert.Equal((0, 0, 0), (table.Count, table.Bytes, table.Evictions));
        Assert.False(table.Remove("a"));
    }

    [Fact]
    public void Nothing_is_left_after_clearing()
    {
        var table = new NearTable(1_000);
        var entries = Enumerable.Range(0, 100).Select(i => new TestEntry($"{i}", 5)).ToList();
        entries.ForEach(entry => table.Put(entry));

        lock (table.Gate)
        {
            table.Clear();
        }

        Assert.All(entries, entry => Assert.Null(table.Find(entry.Name)));
        Assert.All(entries, entry => Assert.False(entry.IsListed));
        Assert.Equal((0, 0, 0), (table.Count, table.Bytes, table.Evictions));
        Assert.True(table.Put(new TestEntry("0")));
    }

    [Fact]
    public void Keys_with_the_same_hash_are_told_apart()
    {
        var table = new NearTable(1_000);
        var entries = Enumerable.Range(0, 50).Select(i => new TestEntry($"{i}", hash: 7, weight: 1)).ToList();
        entries.ForEach(entry => table.Put(entry));

        lock (table.Gate)
        {
            Assert.True(table.Remove(entries[25].Key, 7));
        }

        Assert.All(entries, entry => Assert.Same(entry == entries[25] ? null : entry, table.Find(entry.Key, 7)));
        Assert.Null(table.Find("50"u8, 7));
    }

    [Fact]
    public void What_is_heavier_than_a_quarter_is_not_let_in_and_the_former_entry_is_gone()
    {
        var table = new NearTable(1_000);
        var (former, entry) = (new TestEntry("a", 250), new TestEntry("a", 251));
        Assert.True(table.Put(former));

        Assert.False(table.Put(entry));

        Assert.Null(table.Find("a"));
        Assert.Equal((false, false), (former.IsListed, entry.IsListed));
        Assert.Equal((0, 0, 0), (table.Count, table.Bytes, table.Evictions));
    }

    [Fact]
    public void A_table_of_no_bytes_keeps_nothing()
    {
        var table = new NearTable(0);

        Assert.False(table.Put(new TestEntry("a")));

        Assert.Null(table.Find("a"));
        Assert.Equal((0, 0), (table.Count, table.Bytes));
    }

    [Fact]
    public void What_has_to_make_room_is_counted()
    {
        var table = new NearTable(1_000);
        var entries = Enumerable.Range(0, 5_000).Select(i => new TestEntry($"{i}")).ToList();

        Assert.All(entries, entry => Assert.True(table.Put(entry)));

        Assert.Equal((1_000, 1_000, 4_000), (table.Count, table.Bytes, table.Evictions));
        Assert.Equal(1_000, entries.Count(static entry => entry.IsListed));
        Assert.All(entries, entry => Assert.Same(entry.IsListed ? entry : null, table.Find(entry.Name)));
    }

    [Fact]
    public void A_value_that_grows_stays_and_others_make_room()
    {
        var table = new NearTable(1_000);
        for (var i = 0; i < 1_000; i++)
        {
            table.Put(new TestEntry($"{i}"));
        }

        Assert.True(table.Put(new TestEntry("0", 250)));

        Assert.NotNull(table.Find("0"));
        Assert.InRange(table.Bytes, 900, 1_000);
        Assert.Equal(1_000 - table.Count, table.Evictions);
    }

    [Fact]
    public void A_scan_pushes_out_nothing_that_is_in_use()
    {
        var table = new NearTable(1_000);
        for (var i = 0; i < 500; i++)
        {
            table.Put(new TestEntry($"used {i}"));
        }

        for (var i = 0; i < 500 * 4; i++)
        {
            table.Find($"used {i % 500}");
        }

        for (var i = 0; i < 5_000; i++)
        {
            table.Put(new TestEntry($"scanned {i}"));
        }

        Assert.All(Enumerable.Range(0, 500), i => Assert.NotNull(table.Find($"used {i}")));
    }

    [Fact]
    public void A_heavy_value_gets_in_by_being_asked_for()
    {
        var table = new NearTable(1_000);
        for (var i = 0; i < 1_000; i++)
        {
            table.Put(new TestEntry($"{i}"));
        }

        var results = Enumerable.Range(0, 20).Select(_ => table.Put(new TestEntry("heavy", 100))).ToList();

        Assert.False(results[0]);
        Assert.True(results[^1]);
        Assert.Equal(100, table.Find("heavy")!.Weight);
        Assert.InRange(table.Bytes, 900, 1_000);
    }

    [Fact]
    public void What_is_no_longer_used_makes_room_for_what_is()
    {
        var table = new NearTable(1_000);
        foreach (var name in (string[])["former", "later"])
        {
            for (var i = 0; i < 1_000 * 40; i++)
            {
                if (table.Find($"{name} {i % 900}") is null)
                {
                    table.Put(new TestEntry($"{name} {i % 900}"));
                }
            }
        }

        Assert.InRange(Enumerable.Range(0, 900).Count(i => table.Find($"later {i}") is not null), 850, 900);
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        var table = new NearTable(100_000);
        for (var i = 0; i < 1_000; i++)
        {
            table.Put(new TestEntry($"{i}"));
        }

        var keys = Enumerable.Range(0, 2_000).Select(i => Encoding.UTF8.GetBytes($"{i}")).ToArray();
        var found = CountFound(table, keys);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            found += CountFound(table, keys);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(21_000, found);
    }

    [Fact]
    public void An_empty_table_takes_next_to_nothing()
    {
        _ = new NearTable(64 << 20).Find("a");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = new NearTable(64 << 20);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 600);
        Assert.Equal(0, table.Count);
    }

    private static int CountFound(NearTable table, byte[][] keys)
    {
        var found = 0;
        foreach (var key in keys)
        {
            found += table.Find(key, NearTable.HashOf(key)) is null ? 0 : 1;
        }

        return found;
    }
}
