using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Runs;

/// <summary>Runs generated clients over embedded servers: which keys they use, and what they store under them.</summary>
public sealed class KeyRunTests
{
    private static readonly Lazy<Assembly> Clients = new(Load);

    private static readonly string[] Policies = ["Escape", "Reject", "Pecl"];

    private static readonly string[] Arguments =
    [
        "plain", "a b\r\nc%", new('x', 190), new('x', 217), new('x', 236), new('x', 237), new('x', 600), new('é', 150), "x" + new string('é', 150),
        new('\u7F13', 99), string.Concat(Enumerable.Repeat("\U0001F4C3", 90)), "\uD800", "a\uDCC3", "a\uDC00\uD800", new string('\uDFFF', 40), new(' ', 120),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var policy in Policies)
            {
                cases.Add(policy, "");
                cases.Add(policy, "prefix-of-26-bytes-in-all:");
                cases.Add(policy, new string('é', 50));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_key_as_text_names_the_key_of_the_call(string policy, string prefix)
    {
        await using var pool = Connect(policy, prefix);
        var check = Method(policy, "CheckKeys");
        foreach (var argument in Arguments.Where(argument => policy != "Reject" || IsAcceptable(argument)))
        {
            await (Task)check.Invoke(null, [pool, argument])!;
        }
    }

    [Fact]
    public async Task What_is_appended_to_is_stored_uncompressed()
    {
        await using var pool = Connect("Escape", "");
        await (Task)Method("Escape", "CheckAppended").Invoke(null, [pool])!;
    }

    private static MemcachedPool Connect(string policy, string prefix) => MemcachedPool.InMemory(servers: 2, options =>
    {
        options.KeyPrefix = prefix;
        options.OperationTimeout = TimeSpan.FromMinutes(1);
        options.KeyPolicy = policy == "Pecl" ? TypedCache.Keys.KeyPolicy.Pecl : options.KeyPolicy;
    });

    // What is too long with the prefix of the interface and the template is refused as well.
    private static bool IsAcceptable(string argument) =>
        argument.All(static unit => unit > ' ' && !char.IsSurrogate(unit)) && System.Text.Encoding.UTF8.GetByteCount("shop:text:" + argument) <= 250;

    private static MethodInfo Method(string policy, string name) => Clients.Value.GetType($"{policy}.Checks")!.GetMethod(name)!;

    private static Assembly Load()
    {
        var sources = Policies.Select(static policy => Source.Replace("POLICY", policy, StringComparison.Ordinal));
        var compilation = TestCompilation.Create([.. sources]).AddReferences(MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location));
        var run = GeneratorRun.Of(compilation);
        run.AssertCompiles();
        return new AssemblyLoadContext("Keys").LoadFromStream(run.EmitImage());
    }

    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using TypedCache;
        using TypedCache.Values;
        using Xunit;

        #pragma warning disable TC0220

        namespace POLICY;

        [CacheClient("shop", KeyPolicy = TypedCache.Keys.KeyPolicy.POLICY)]
        public partial interface ICache
        {
            [CacheKey("text:{text}")] ValueTask<string?> GetTextAsync(string text);
            [CacheKey("text:{text}")] ValueTask SetTextAsync(string text, string value);
            [CacheKey("text:{texts}")] ValueTask<IReadOnlyDictionary<string, string>> GetTextsAsync(IReadOnlyCollection<string> texts);
            [CacheKey("text:{text}")] CacheEntry<string> Text(string text);
            [CacheKey("text:{key}")] CacheEntrySet<string, string> Texts();
        }

        [CacheClient("log.POLICY", Expires = "1h")]
        public partial interface ILog
        {
            [CacheKey("log:{id}")] ValueTask<string?> GetLogAsync(int id);
            [CacheKey("log:{id}")] ValueTask SetLogAsync(int id, string value);
            [CacheKey("log:{id}")] ValueTask<bool> AddLogAsync(int id, byte[] value);
            [CacheKey("log:{id}")] ValueTask<bool> ReplaceLogAsync(int id, string value);
            [CacheKey("log:{values}")] ValueTask SetLogsAsync(IReadOnlyDictionary<int, string> values);
            [CacheKey("log:{id}")] ValueTask<string> GetOrCreateLogAsync(int id, Func<CancellationToken, ValueTask<string>> create);
            [CacheKey("log:{id}")] ValueTask<bool> AppendLogAsync(int id, string value);
            [CacheKey("log:{id}")] CacheEntry<string> Log(int id);
            [CacheKey("log:{key}")] CacheEntrySet<int, string> Logs();
            [CacheKey("other:{id}")] ValueTask SetOtherAsync(int id, string value);
        }

        public static class Checks
        {
            public static async Task CheckKeys(MemcachedPool pool, string text)
            {
                var cache = pool.CreateClient<ICache>();
                await cache.SetTextAsync(text, "v");
                var key = ICache.Keys.Text(text);

                Assert.Equal("v", await pool.GetAsync(key, CacheCodecs.String));
                Assert.Equal("v", (await pool.GetManyAsync([key], CacheCodecs.String))[key]);
                Assert.Equal("v", (await cache.GetTextsAsync([text]))[text]);
                Assert.Equal("v", await cache.Text(text).GetAsync());
                Assert.Equal("v", await cache.Texts()[text].GetAsync());
                Assert.Equal("v", await pool.GetAsync(cache.Text(text).Key, CacheCodecs.String));
                Assert.True(await pool.DeleteAsync(key));
                Assert.Null(await cache.GetTextAsync(text));
            }

            public static async Task CheckAppended(MemcachedPool pool)
            {
                var log = pool.CreateClient<ILog>();
                var value = new string('a', 30_000);
                await log.SetLogAsync(1, value);
                await log.AddLogAsync(2, System.Text.Encoding.UTF8.GetBytes(value));
                await log.SetLogAsync(3, "");
                await log.ReplaceLogAsync(3, value);
                await log.SetLogsAsync(new Dictionary<int, string> { [4] = value });
                await log.GetOrCreateLogAsync(5, _ => new ValueTask<string>(value));
                await log.Log(6).SetAsync(value);
                await log.Logs()[7].SetAsync(value);
                for (var id = 1; id <= 7; id++)
                {
                    Assert.True(await log.AppendLogAsync(id, "b"));
                    Assert.Equal(value + "b", await log.GetLogAsync(id));
                    Assert.Equal(value + "b", await log.GetOrCreateLogAsync(id, _ => throw new InvalidOperationException()));
                }

                // Others are compressed as before.
                await log.SetOtherAsync(1, value);
                Assert.True(await pool.AppendAsync(ILog.Keys.Other(1), "b", CacheCodecs.String));
                await Assert.ThrowsAsync<CacheValueException>(async () => await pool.GetAsync(ILog.Keys.Other(1), CacheCodecs.String));
            }
        }
        """;
}
