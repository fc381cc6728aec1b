using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>What operations and connections keep of calls that have ended: nothing that the caller has given or got.</summary>
public sealed class EndedCallTests
{
    private const int Large = 300_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Values_codecs_and_tokens_go_with_the_call()
    {
        await using var pool = MemcachedPool.InMemory();

        var used = await UseAsync(pool);

        for (var waited = Stopwatch.StartNew(); used.Any(IsAlive) && waited.Elapsed < Patience;)
        {
            // The stack on which the calls have ended refers to them until it is left.
            await Task.Delay(10, TestContext.Current.CancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Empty(used.Where(IsAlive).Select(reference => reference.Name));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(string Name, WeakReference Object)[]> UseAsync(MemcachedPool pool)
    {
        var codec = new Codec();
        using var leave = new CancellationTokenSource();
        var written = new byte[Large];
        await pool.SetAsync("bytes", written, CacheCodecs.Bytes, cancellationToken: leave.Token);
        var bytes = await pool.GetAsync("bytes", CacheCodecs.Bytes, leave.Token);
        await pool.SetAsync("text", new string('v', Large), codec, cancellationToken: leave.Token);
        var text = await pool.GetAsync("text", codec, leave.Token);
        var many = await pool.GetManyAsync(["text"], codec, leave.Token);
        var created = await pool.GetOrCreateAsync("created", static _ => ValueTask.FromResult(new string('c', Large)), codec, new GetOrCreateOptions(), cancellationToken: leave.Token);
        return
        [
            ("the value that was set", new(written)),
            ("the array that was read", new(bytes)),
            ("the value that was read", new(text)),
            ("the value of a multi-get", new(many["text"])),
            ("the value that was created", new(created)),
            ("the codec", new(codec)),
            ("the token's source", new(leave)),
        ];
    }

    private static bool IsAlive((string Name, WeakReference Object) reference) => reference.Object.IsAlive;

    private sealed class Codec : ICacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value) => CacheCodecs.String.Write(ref writer, value);

        public string Read(in StoredValue stored) => CacheCodecs.String.Read(stored);
    }
}
