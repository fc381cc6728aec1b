using System.Runtime.CompilerServices;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

/// <summary>Every operation of a pool, with the answers which memcached's protocol.txt promises.</summary>
public abstract partial class OperationSuite(PoolFixture fixture)
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private MemcachedPool Pool { get; } = fixture.Pool;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Tests of one class share the servers, so each has keys of its own.
    private static string Key(string name = "k", [CallerMemberName] string test = "") => $"{test}:{name}";

    private static ReadOnlySpan<byte> Utf8(string key) => Encoding.UTF8.GetBytes(key);

    private async Task<string?> GetAsync(string key) => await Pool.GetAsync(key, Text, Token);

    private async Task SetAsync(string key, string value) => await Pool.SetAsync(key, value, Text, cancellationToken: Token);
}
