using TypedCache.Values;

namespace TypedCache.Tests.Values;

public sealed class CacheValuesTests
{
    [Fact]
    public void A_result_in_which_all_can_be_read_has_no_exceptions()
    {
        var values = new CacheValues<int, string> { [1] = "a" };

        Assert.Empty(values.Unreadable);
        values.ThrowIfUnreadable();
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_thrown_on_request()
    {
        var values = new CacheValues<int, string>(2) { [1] = "a" };
        values.AddUnreadable(2, new CacheValueException("Two is damaged.") { Key = "k:2", Flags = 7 });

        Assert.Equal("k:2", values.Unreadable[2].Key);
        var one = Assert.Throws<CacheValueException>(values.ThrowIfUnreadable);
        Assert.Equal(("Two is damaged.", "k:2", 7u), (one.Message, one.Key, one.Flags));

        values.AddUnreadable(3, new CacheValueException("Three is damaged."));
        Assert.Equal("2 values cannot be read. Two is damaged.", Assert.Throws<CacheValueException>(values.ThrowIfUnreadable).Message);
        Assert.Throws<ArgumentNullException>(() => values.AddUnreadable(4, null!));
    }

    [Fact]
    public void Another_value_keeps_the_cas_number() =>
        Assert.Equal(new CacheValue<string>("new", 42), new CacheValue<string>("old", 42).With("new"));
}
