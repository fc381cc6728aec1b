using System.Text;
using TypedCache.Keys;
using TypedCache.Tests.Near;
using TypedCache.Tests.Pool;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Near;

/// <summary>Somebody who reads and writes values with tags, and changes their tags, in an order that is drawn.</summary>
/// <param name="truth">What reads may see.</param>
/// <param name="member">The process.</param>
/// <param name="place">Which of its callers this is.</param>
/// <param name="counts">What has been done.</param>
/// <param name="seed">What is drawn.</param>
internal sealed class TaggedCaller(TagTruth truth, NearMember member, int place, NearCounts counts, int seed)
{
    public const int Keys = 18;
    public const int Tags = 6;
    private const int Burst = 20;

    private static readonly TaggedCodec<string> Text = new(CacheCodecs.String);
    private static readonly NearOptions Near = new() { Duration = TimeSpan.FromMilliseconds(300), Revalidate = TimeSpan.FromSeconds(2), SharesValues = true };
    private static readonly TagOptions Strict = new() { Near = null };
    private static readonly TagOptions NearTags = new() { Near = new() { Duration = TimeSpan.FromMilliseconds(100), Revalidate = TimeSpan.FromSeconds(1), SharesValues = true } };
    private static readonly CacheExpiry Minute = CacheExpiry.FromSeconds(60);
    private static readonly GetOrCreateOptions Plain = new() { Expires = Minute };
    private static readonly GetOrCreateOptions NearPlain = new() { Expires = Minute, Near = Near };
    private static readonly GetOrCreateOptions NearStale = new() { Expires = Minute, Stale = TimeSpan.FromSeconds(30), Near = Near };
    private static readonly byte[][] TagNames = [.. Enumerable.Range(0, Tags).Select(static tag => Encoding.ASCII.GetBytes($"~t:{tag}"))];

    private readonly Random _random = new(seed);
    private readonly MemcachedPool _pool = member.Pool;
    private readonly byte[] _tagBuffer = new byte[2 * TagKeys.SizePerTag];

    /// <summary>Does something, and then reads a lot.</summary>
    public async Task StepAsync()
    {
        try
        {
            await OperateAsync(_random.Next(Keys));
            Interlocked.Increment(ref counts.Operations);
            for (var i = 0; i < Burst; i++)
            {
                await GetNearAsync(_random.Next(Keys));
                Interlocked.Increment(ref counts.Operations);
            }
        }
        catch (MemcachedException)
        {
            Interlocked.Increment(ref counts.Failed);
            await Task.Delay(1, CancellationToken.None);
        }
        finally
        {
            member.Pending.End(place);
        }
    }

    // The last third of the keys is read by get-or-create operations that serve what was invalidated, and by no others.
    private static bool MayBeStale(int key) => key >= Keys * 2 / 3;

    private static byte[] Name(int key) => Encoding.ASCII.GetBytes(TagTruth.NameOf(key));

    // Changes of tags are rare enough that a process does not learn of each by what it creates.
    private Task OperateAsync(int key) => _random.Next(60) switch
    {
        0 => truth.ChangeAsync(key % Tags, member.Number, removes: true, () => _pool.RemoveTagAsync(TagNames[key % Tags]).AsTask()),
        1 => truth.ChangeAsync(key % Tags, member.Number, removes: false, () => _pool.InvalidateTagAsync(TagNames[key % Tags]).AsTask()),
        2 or 3 or 4 => WriteAsync(key, value => _pool.SetTaggedAsync(Name(key), TagsOf(key), value, Text, Minute).AsTask()),
        5 => WriteAsync(key, _ => _pool.DeleteAsync(Name(key)).AsTask()),
        6 => EvictAsync(key),
        < 16 => GetStrictAsync(key),
        < 32 => GetOrCreateAsync(key, MayBeStale(key) ? NearStale : NearPlain, NearTags),
        < 38 => MayBeStale(key) ? GetNearAsync(key) : GetOrCreateAsync(key, Plain, Strict),
        < 48 => GetOrCreateManyAsync(),
        _ => GetManyAsync(),
    };

    private Task WriteAsync(int key, Func<string, Task> write)
    {
        Interlocked.Increment(ref counts.Writes);
        return truth.WriteAsync(key, member.Number, write);
    }

    // As the server may, for want of room.
    private async Task EvictAsync(int key) => await _pool.DeleteAsync(TagNames[key % Tags]);

    private async Task GetNearAsync(int key)
    {
        if (_random.Next(4) == 0)
        {
            await GetOrCreateAsync(key, MayBeStale(key) ? NearStale : NearPlain, NearTags);
            return;
        }

        var bounds = NearBoundsOf(key, mayBeStale: false);
        var reading = _pool.GetTaggedAsync(Name(key), TagsOf(key), Text, NearTags, Near);
        CountHit(reading.IsCompletedSuccessfully);
        truth.Check(key, await reading, bounds, "GetTagged near");
        member.Pending.End(place);
    }

    private async Task GetStrictAsync(int key)
    {
        var now = member.Pending.Begin(place).Now;
        var bounds = truth.BoundsOf(key, member.Number, now, now, mayBeStale: false);
        truth.Check(key, await _pool.GetTaggedAsync(Name(key), TagsOf(key), Text, Strict), bounds, "GetTagged");
    }

    private async Task GetOrCreateAsync(int key, GetOrCreateOptions options, TagOptions tagOptions)
    {
        var moment = member.Pending.Begin(place);
        var bounds = truth.BoundsOf(key, member.Number, Before(moment, options.Near), Before(moment, tagOptions.Near), mayBeStale: options.Stale > TimeSpan.Zero);
        var reading = _pool.GetOrCreateTaggedAsync(Name(key), TagsOf(key), _ => CreateAsync(key), Text, options, tagOptions);
        CountHit(reading.IsCompletedSuccessfully);
        truth.Check(key, await reading, bounds, options.Near is null ? "GetOrCreateTagged" : "GetOrCreateTagged near");
        member.Pending.End(place);
    }

    private async Task GetManyAsync()
    {
        var (keys, bounds) = Batch();
        foreach (var (name, value) in await _pool.GetManyTaggedAsync(keys, truth, SpareKey, AddTags, KeyPolicy.Reject, Text, NearTags, Near))
        {
            truth.Check(TagTruth.KeyOf(name), value, bounds[name], "GetManyTagged near");
        }
    }

    private async Task GetOrCreateManyAsync()
    {
        var (keys, bounds) = Batch();
        var found = await _pool.GetOrCreateManyTaggedAsync(keys, truth, SpareKey, AddTags, KeyPolicy.Reject, CreateManyAsync, Text, NearPlain, NearTags);
        foreach (var (name, value) in found)
        {
            truth.Check(TagTruth.KeyOf(name), value, bounds[name], "GetOrCreateManyTagged");
        }
    }

    private (string[] Names, Dictionary<string, TagTruth.Bounds> Bounds) Batch()
    {
        var moment = member.Pending.Begin(place);
        var first = _random.Next(Keys / 3);
        var bounds = Enumerable.Range(first, Keys / 3).ToDictionary(
            TagTruth.NameOf,
            key => truth.BoundsOf(key, member.Number, Before(moment, Near), Before(moment, NearTags.Near), mayBeStale: false));
        return ([.. bounds.Keys], bounds);
    }

    private static void SpareKey(ref CacheKeyWriter writer, TagTruth truth, string name) => SpareWrite.WholeKey(ref writer, 0, name);

    private static void AddTags(ref TagKeys tags, TagTruth truth, string name)
    {
        foreach (var tag in truth.TagsOf(TagTruth.KeyOf(name)))
        {
            tags.Add(TagNames[tag]);
        }
    }

    private static long Before(PendingReads.Moment moment, NearOptions? near) => near is null ? moment.Now : moment.Before(near.Duration);

    private TagTruth.Bounds NearBoundsOf(int key, bool mayBeStale)
    {
        var moment = member.Pending.Begin(place);
        return truth.BoundsOf(key, member.Number, Before(moment, Near), Before(moment, NearTags.Near), mayBeStale);
    }

    private async ValueTask<string> CreateAsync(int key)
    {
        var created = Interlocked.Increment(ref counts.Created);
        var value = truth.Create(key);
        for (var i = 0; i < created % 4; i++)
        {
            await Task.Yield();
        }

        return value;
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> CreateManyAsync(IReadOnlyList<string> names, CancellationToken token)
    {
        Interlocked.Increment(ref counts.Created);
        var values = names.ToDictionary(static name => name, name => truth.Create(TagTruth.KeyOf(name)));
        await Task.Yield();
        return values;
    }

    private TagKeys TagsOf(int key)
    {
        var tags = new TagKeys(_tagBuffer, _pool.MaxKeyLength);
        tags.Add(TagNames[key % Tags]);
        tags.Add(TagNames[(key + 1) % Tags]);
        return tags;
    }

    private void CountHit(bool isHit)
    {
        if (isHit)
        {
            Interlocked.Increment(ref counts.Hits);
        }
    }
}
