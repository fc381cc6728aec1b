using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache.Interop.Tests.Others;

/// <summary>How an application in another language is configured, and the options of a pool which shares its cluster.</summary>
/// <param name="Name">Shown in the results.</param>
/// <param name="Program">The program of the language.</param>
/// <param name="Library">Which client it uses.</param>
/// <param name="CreateOptions">Makes the options of the pool.</param>
/// <param name="CreateClient">Makes the generated client which shares values with the library.</param>
/// <param name="Kinds">The kinds of values which the library has.</param>
public sealed record OtherSetup(
    string Name, OtherProgram Program, string Library, Func<MemcachedPoolOptions> CreateOptions, Func<MemcachedPool, ITextCache> CreateClient, SharedKind[] Kinds)
{
    private static readonly SharedKind[] Texts = [SharedKind.Text, SharedKind.LongText, SharedKind.Bytes, SharedKind.Number, SharedKind.Fraction];
    private static readonly SharedKind[] Typed = [.. Texts, SharedKind.Flag];
    private static readonly SharedKind[] TypedWithDates = [.. Typed, SharedKind.Date];

    public static OtherSetup[] All { get; } =
    [
        new("pymemcache", OtherProgram.Python, "pymemcache", () => Plain(MemcachedPoolOptions.ForPymemcache()), Client<IPlainCache>, Texts)
        {
            FailsOver = true,
        },
        new("pymemcache with pickle", OtherProgram.Python, "pymemcache", () => MemcachedPoolOptions.ForPymemcache(), Client<IPymemcacheCache>, Typed)
        {
            Options = """{"pickle":true}""",
            Preset = "pymemcache",
            FailsOver = true,
        },
        new("pymemcache with keys of bytes", OtherProgram.Python, "pymemcache",
            () => MemcachedPoolOptions.ForPymemcache(PymemcacheKeys.Bytes), Client<IPymemcacheCache>, Typed)
        {
            Options = """{"pickle":true,"bytes_keys":true,"prefix":"app:"}""",
            Prefix = "app:",
        },
        new("python-memcached", OtherProgram.Python, "python-memcached", () => PythonMemcached(), Client<IPythonMemcachedCache>, Typed)
        {
            Preset = "python-memcached",
            IsWeighted = true,
            FailsOver = true,
        },
        new("python-memcached with compression", OtherProgram.Python, "python-memcached",
            () => PythonMemcached(minCompressLength: 400), Client<IPythonMemcachedCache>, Typed)
        {
            Options = """{"min_compress_len":400}""",
        },
        new("dalli", OtherProgram.Ruby, "dalli", MemcachedPoolOptions.ForDalli, Client<IDalliCache>, Typed)
        {
            Preset = "dalli",
            IsWeighted = true,
            FailsOver = true,
        },
        new("dalli with a namespace", OtherProgram.Ruby, "dalli", MemcachedPoolOptions.ForDalli, Client<IDalliCache>, Typed)
        {
            Options = """{"namespace":"app"}""",
            Prefix = "app:",
        },
        new("gomemcache", OtherProgram.Go, "gomemcache", MemcachedPoolOptions.ForGomemcache, Client<IPlainCache>, Texts)
        {
            Preset = "gomemcache",
            IsWeighted = true,
            TakesAsciiKeysOnly = true,
        },
        new("memjs", OtherProgram.Node, "memjs", MemcachedPoolOptions.ForMemjs, Client<IPlainCache>, Texts)
        {
            Preset = "memjs",
        },
        new("memjs with failover", OtherProgram.Node, "memjs", () => WithFailover(MemcachedPoolOptions.ForMemjs()), Client<IPlainCache>, Texts)
        {
            Options = """{"failover":true,"retry_delay":0.01}""",
            FailsOver = true,
        },
        new("npm memcached", OtherProgram.Node, "memcached", () => MemcachedPoolOptions.ForNodeMemcached(), Client<INodeMemcachedCache>, TypedWithDates)
        {
            Preset = "node-memcached",
            IsWeighted = true,
        },
        new("npm memcached with a namespace", OtherProgram.Node, "memcached",
            () => WithFailover(MemcachedPoolOptions.ForNodeMemcached()), Client<INodeMemcachedCache>, TypedWithDates)
        {
            Options = """{"namespace":"app:","remove":true,"failures":1,"retries":1,"minTimeout":10,"maxTimeout":10,"retry":10}""",
            Prefix = "app:",
            FailsOver = true,
        },
        new("spymemcached", OtherProgram.Java, "spymemcached", () => MemcachedPoolOptions.ForSpymemcached(), Client<ISpymemcachedCache>, TypedWithDates)
        {
            Preset = "spymemcached",
            FailsOver = true,
        },
        new("spymemcached with ketama", OtherProgram.Java, "spymemcached",
            () => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama), Client<ISpymemcachedCache>, TypedWithDates)
        {
            Options = """{"locator":"ketama","protocol":"binary"}""",
            Preset = "spymemcached-ketama",
            FailsOver = true,
        },
    ];

    /// <summary>The settings of the client, as JSON.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>What both sides put in front of all keys.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What the tool's <c>--preset</c> calls it, where it has a name there.</summary>
    public string? Preset { get; init; }

    public bool IsWeighted { get; init; }

    public bool TakesAsciiKeysOnly { get; init; }

    /// <summary>Whether the client, as it is set up, uses another server for the keys of one that has failed.</summary>
    public bool FailsOver { get; init; }

    public override string ToString() => Name;

    /// <summary>The keys of a kind, without and with the first word.</summary>
    public (string[] Keys, string[] Names) KeysOf(string word, int count = SharedKeys.Count)
    {
        var keys = OtherKeys.Make(word, Prefix, TakesAsciiKeysOnly)[..count];
        return (keys, SharedKeys.Named(word, keys));
    }

    private static MemcachedPoolOptions WithFailover(MemcachedPoolOptions options)
    {
        options.AllowFailover = true;
        return options;
    }

    // Debian's version is 1.59. Its min_compress_len is an argument of each set().
    private static MemcachedPoolOptions PythonMemcached(int minCompressLength = 0)
    {
        var options = MemcachedPoolOptions.ForPythonMemcached(PythonMemcachedHash.UpTo159);
        options.Compression.Threshold = minCompressLength;
        return options;
    }

    // Without a serde, Python gets the bytes.
    private static MemcachedPoolOptions Plain(MemcachedPoolOptions options)
    {
        options.ValueDialect = ValueDialect.Plain;
        return options;
    }

    private static T Client<T>(MemcachedPool pool)
        where T : class, ITextCache, ICacheClient<T> => pool.CreateClient<T>();
}
