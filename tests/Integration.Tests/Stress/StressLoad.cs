using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Callers who do all kinds of operations on a pool at once, and check every answer.</summary>
internal sealed class StressLoad(MemcachedPool pool, int seed)
{
    public const int Callers = 64;
    private const int Keys = 400;
    private const int Counters = 20;

    private const int Tags = 8;

    private static readonly NearOptions[] Nears =
    [
        new() { Duration = TimeSpan.FromMilliseconds(100), SharesValues = true },
        new() { Duration = TimeSpan.FromMilliseconds(100), Revalidate = TimeSpan.FromSeconds(2), SharesValues = true },
        new() { Duration = TimeSpan.FromMilliseconds(200), Revalidate = TimeSpan.FromSeconds(2) },
    ];

    private static readonly GetOrCreateOptions[] NearCreations = [.. Nears.Select(static near => new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(5), LeaseWait = TimeSpan.FromMilliseconds(200), Near = near })];
    private static readonly TagOptions NearTags = new() { Near = Nears[1] };
    private static readonly TaggedCodec<string> TaggedText = new(CacheCodecs.String);

    private readonly long[] _begun = new long[Callers];
    private readonly ConcurrentBag<string> _unexpected = [];
    private volatile bool _stop;
    private int _version;
    private int _operations;
    private int _hits;
    private int _nearHits;
    private int _wrong;
    private int _failed;
    private int _cancelled;

    public int Operations => Volatile.Read(ref _operations);

    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Values which were kept in the process.</summary>
    public int NearHits => Volatile.Read(ref _nearHits);

    /// <summary>Values which were stored under another key, or are not whole.</summary>
    public int Wrong => Volatile.Read(ref _wrong);

    /// <summary>Calls which ended with the exception for servers and connections.</summary>
    public int Failed => Volatile.Read(ref _failed);

    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Exceptions which no fault explains.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    /// <summary>How long the oldest call has been going on.</summary>
    public TimeSpan LongestPending => Stopwatch.GetElapsedTime(_begun.Min(begun => begun == 0 ? Stopwatch.GetTimestamp() : begun));

    /// <summary>How long the longest call took which has ended.</summary>
    public TimeSpan LongestEnded { get; private set; }

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

    public void Stop() => _stop = true;

    private async Task CallAsync(int caller)
    {
        var random = new Random((seed * 1000) + caller);
        while (!_stop)
        {
            var begun = Stopwatch.GetTimestamp();
            Volatile.Write(ref _begun[caller], begun);
            await CallOnceAsync(random);
            Volatile.Write(ref _begun[caller], 0);
            Interlocked.Increment(ref _operations);
            if (Stopwatch.GetElapsedTime(begun) is var took && took > LongestEnded)
            {
                LongestEnded = took;
            }
        }
    }

    private async Task CallOnceAsync(Random random)
    {
        using var leave = random.Next(5) == 0 ? new CancellationTokenSource() : null;
        leave?.CancelAfter(random.Next(4));
        try
        {
            await OperateAsync(random, leave?.Token ?? CancellationToken.None);
        }
        catch (MemcachedConnectionException)
        {
            Interlocked.Increment(ref _failed);
        }
        catch (OperationCanceledException) when (leave is { IsCancellationRequested: true })
        {
            Interlocked.Increment(ref _cancelled);
        }
        catch (Exception exception)
        {
            _unexpected.Add(exception.ToString());
        }
    }

    private Task OperateAsync(Random random, CancellationToken token)
    {
        var key = KeyOf(random.Next(Keys));
        return random.Next(100) switch
        {
            < 15 => GetAsync(key, token),
            < 30 => GetNearAsync(random, token),
            < 36 => GetManyAsync(random, token),
            < 40 => GetManyNearAsync(random, token),
            < 55 => UseTagsAsync(random, token),
            < 75 => pool.SetAsync(key, NextValue(key), CacheCodecs.String, cancellationToken: token).AsTask(),
            < 79 => pool.AddAsync(key, NextValue(key), CacheCodecs.String, cancellationToken: token).AsTask(),
            < 83 => pool.DeleteAsync(key, token).AsTask(),
            < 90 => IncrementAsync(random.Next(Counters), token),
            < 96 => CompareAndSetAsync(key, token),
            _ => pool.TouchAsync(key, TimeSpan.FromMinutes(5), token).AsTask(),
        };
    }

    private async Task GetAsync(string key, CancellationToken token) => Check(await pool.GetAsync(key, CacheCodecs.String, token), key);

    private async Task GetNearAsync(Random random, CancellationToken token)
    {
        var number = random.Next(Keys);
        for (var i = 0; i < 10; i++)
        {
            var reading = pool.GetAsync(KeyOf(number), CacheCodecs.String, NearOf(number), token);
            if (reading.IsCompletedSuccessfully)
            {
                Interlocked.Increment(ref _nearHits);
            }

            Check(await reading, KeyOf(number));
        }
    }

    private async Task GetManyAsync(Random random, CancellationToken token) =>
        CheckAll(await pool.GetManyAsync(SomeKeys(random), CacheCodecs.String, token));

    private async Task GetManyNearAsync(Random random, CancellationToken token) =>
        CheckAll(await pool.GetManyAsync(SomeKeys(random), CacheCodecs.String, NearOf(random.Next()), token));

    private async Task UseTagsAsync(Random random, CancellationToken token)
    {
        var number = random.Next(Keys);
        var (key, near) = ($"tagged-{number}", number % Nears.Length);
        switch (random.Next(12))
        {
            case 0:
                await pool.InvalidateTagAsync(TagOf(number), cancellationToken: token);
                break;
            case 1:
                await pool.RemoveTagAsync(TagOf(number), cancellationToken: token);
                break;
            case 2:
                await pool.SetTaggedAsync(Utf8(key), TagsOf(number), NextValue(key), TaggedText, cancellationToken: token);
                break;
            case < 6:
                Check(await pool.GetTaggedAsync(Utf8(key), TagsOf(number), TaggedText, NearTags, Nears[near], token), key);
                break;
            default:
                Check(await pool.GetOrCreateTaggedAsync(Utf8(key), TagsOf(number), _ => ValueTask.FromResult(NextValue(key)), TaggedText, NearCreations[near], NearTags, cancellationToken: token), key);
                break;
        }
    }

    // Each key is read in its own way.
    private static NearOptions NearOf(int number) => Nears[number % Nears.Length];

    private static string TagOf(int number) => $"~t:{number % Tags}";

    private static byte[] Utf8(string key) => Encoding.UTF8.GetBytes(key);

    private TagKeys TagsOf(int number)
    {
        var tags = new TagKeys(new byte[TagKeys.SizePerTag], pool.MaxKeyLength);
        tags.Add(Utf8(TagOf(number)));
        return tags;
    }

    private async Task IncrementAsync(int counter, CancellationToken token)
    {
        var value = await pool.IncrementAsync($"counter-{counter}", 1, StressValue.FirstOfCounter(counter), cancellationToken: token);
        Count(StressValue.BelongsToCounter(value, counter));
    }

    private async Task CompareAndSetAsync(string key, CancellationToken token)
    {
        var read = await pool.GetValueAsync(key, CacheCodecs.String, token);
        if (read.Found)
        {
            Check(read.Value, key);
            await pool.CompareAndSetAsync(key, NextValue(key), read.Cas, CacheCodecs.String, cancellationToken: token);
        }
    }

    private void CheckAll(CacheValues<string, string> values)
    {
        foreach (var (key, value) in values)
        {
            Check(value, key);
        }
    }

    private void Check(string? value, string key)
    {
        if (value is not null)
        {
            Count(StressValue.Belongs(value, key));
        }
    }

    private void Count(bool right) => Interlocked.Increment(ref right ? ref _hits : ref _wrong);

    private string NextValue(string key) => StressValue.Of(key, Interlocked.Increment(ref _version));

    private static string[] SomeKeys(Random random) => [.. Enumerable.Range(random.Next(Keys), random.Next(1, 60)).Select(KeyOf)];

    private static string KeyOf(int number) => $"key-{number}";
}
