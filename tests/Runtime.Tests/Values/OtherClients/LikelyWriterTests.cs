using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Messages name the clients that may have written a value, and no others.</summary>
public class LikelyWriterTests
{
    private static readonly Dictionary<string, string> Presets = new()
    {
        ["enyimmemcachedcore"] = "ForEnyim()",
        ["pymemcache"] = "ForPymemcache() or ForPythonMemcached()",
        ["python-memcached"] = "ForPymemcache() or ForPythonMemcached()",
        ["dalli"] = "ForDalli()",
        ["spymemcached"] = "ForSpymemcached() or ForXmemcached()",
        ["node-memcached"] = "ForNodeMemcached()",
    };

    [Fact]
    public void Who_wrote_a_refused_value_is_among_those_named()
    {
        var named = 0;
        foreach (var item in RecordedItem.LoadAll().Where(static item => item is { Bytes: not null, Flags: not 0, IsUntyped: false }))
        {
            if (!Presets.TryGetValue(item.Mode.Split(' ')[0], out var preset) || item.Mode is "spymemcached whalin" or "dalli 5.0.6-json" or "enyim default")
            {
                continue;
            }

            foreach (var dialect in AllDialects.Of.Where(dialect => dialect != item.Dialect && !IsSameClient(dialect, item.Dialect)))
            {
                try
                {
                    TypedRead.Like(ReferenceEquals(item.Value, Sample.Other) ? "" : item.Value).Read(new PipelineProbe(dialect), item.Flags, item.Bytes!);
                }
                catch (CacheValueException exception)
                {
                    Assert.True(exception.Message.Contains(preset, StringComparison.Ordinal), $"{item} under {dialect}: {exception.Message}");
                    named++;
                }
            }
        }

        Assert.Equal(6792, named);
    }

    [Theory]
    [InlineData(CacheDialect.Pecl, 274u, "text", "EnyimMemcachedCore")]
    [InlineData(CacheDialect.PhpMemcached, 274u, "text", "EnyimMemcachedCore")]
    [InlineData(CacheDialect.Enyim, 16u, "text", "Python's pymemcache or python-memcached")]
    [InlineData(CacheDialect.Enyim, 1u, "\u0004\b[\0", "Ruby's dalli")]
    [InlineData(CacheDialect.Enyim, 8u, "42", "the npm package memcached")]
    [InlineData(CacheDialect.NodeMemcached, 0x300u, "42", "PHP's pecl-memcache or a pool with its defaults", "Java's spymemcached or xmemcached")]
    [InlineData(CacheDialect.Plain, 2u, "42", "PHP's php-memcached", "Python's pymemcache or python-memcached")]
    [InlineData(CacheDialect.Pymemcache, 4u, "a:0:{}", "PHP's php-memcached", "Ruby's dalli", "the npm package memcached")]
    [InlineData(CacheDialect.Plain, 77u, "x")]
    [InlineData(CacheDialect.Spymemcached, 0u, "x")]
    [InlineData(CacheDialect.Pecl, 0u, "x")]
    [InlineData(CacheDialect.Pecl, 0x10001u, "x")]
    [InlineData(CacheDialect.PeclSharedWithPhp, 0x300u, "x y", "Java's spymemcached or xmemcached")]
    [InlineData(CacheDialect.EnyimMessagePack, 274u, "x")]
    public void Clients_are_named_by_flags_and_first_bytes(CacheDialect reader, uint flags, string text, params string[] clients)
    {
        var sentence = LikelyWriter.Of(flags, System.Text.Encoding.Latin1.GetBytes(text), reader);
        var named = clients.Length == 0 ? "" : $" If {clients[0]} stored it,";
        Assert.StartsWith(named, sentence, StringComparison.Ordinal);
        Assert.Equal(clients.Length, sentence.Length == 0 ? 0 : sentence.Split("; if ").Length);
        Assert.All(clients, client => Assert.Contains(client, sentence, StringComparison.Ordinal));
    }

    private static bool IsSameClient(ValueDialect one, ValueDialect other) =>
        (one.ToString().StartsWith("Enyim", StringComparison.Ordinal) && other.ToString().StartsWith("Enyim", StringComparison.Ordinal))
        || (one.ToString().StartsWith("Py", StringComparison.Ordinal) && other.ToString().StartsWith("Py", StringComparison.Ordinal));
}
