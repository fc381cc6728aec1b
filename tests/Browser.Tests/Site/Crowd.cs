using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>Goes on using many templates of a pool, until it is disposed.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _work;

    /// <summary>Begins.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="count">How many templates.</param>
    public Crowd(MemcachedPool pool, int count)
    {
        KeyTemplate[] templates = [.. Enumerable.Range(0, count).Select(static i => new KeyTemplate($"service-{i % 25}", $"entity-{i}:{{id}}"))];
        _work = Task.Run(() => WorkAsync(pool, templates));
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _work;
        _ended.Dispose();
    }

    // Each template once a round, and the first ones more often.
    private async Task WorkAsync(MemcachedPool pool, KeyTemplate[] templates)
    {
        for (var round = 0; !_ended.IsCancellationRequested; round++)
        {
            for (var i = 0; i < templates.Length; i++)
            {
                var key = $"{i}:{round % 40}";
                if (await pool.GetAsync(key, CacheCodecs.Int32, template: templates[i]) == 0 && i % 3 > 0)
                {
                    await pool.SetAsync(key, round + 1, CacheCodecs.Int32, template: templates[i]);
                }
            }

            await Task.Delay(200);
        }
    }
}
