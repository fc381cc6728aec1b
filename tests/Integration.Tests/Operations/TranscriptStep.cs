using System.Globalization;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

/// <summary>
/// Draws pool operations from a seed and writes their answers down as text, free of what may differ between servers:
/// their names, and the CAS numbers, of which the last one read is used.
/// </summary>
internal sealed class TranscriptStep(MemcachedPool pool, int seed)
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 12).Select(i => $"key-{i}"), new('x', 250), "ключ"];

    private static readonly CacheExpiry[] Expiries =
        [CacheExpiry.Never, TimeSpan.FromHours(1), TimeSpan.FromDays(31), CacheExpiry.At(DateTimeOffset.UnixEpoch.AddYears(20))];

    // Whether memcached pads a decremented number with blanks depends on what its other threads do at that moment, so
    // this one is only ever read as a number.
    private const string Countdown = "countdown";

    // Servers number their items from 1 on, and which server has which key depends on its port: a small number may be a real one.
    private const ulong NobodysCas = 1UL << 60;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, ulong> _cas = [];

    public async Task<string> RunAsync(CancellationToken token)
    {
        var kind = _random.Next(20);
        var key = Keys[_random.Next(Keys.Length)];
        var value = Value();
        var number = Number();
        var expiry = Expiries[_random.Next(10) == 0 ? 3 : _random.Next(3)];
        var keys = Enumerable.Range(0, _random.Next(8)).Select(_ => Keys[_random.Next(Keys.Length)]).ToArray();
        string answer;
        try
        {
            answer = kind switch
            {
                < 4 => await ReadAsync(kind, key, expiry, token),
                < 14 => await WriteAsync(kind, key, value, expiry, token),
                < 17 => await CountAsync(kind, key, number, expiry, token),
                _ => await BatchAsync(kind, keys, value, expiry, token),
            };
        }
        catch (Exception exception) when (exception is MemcachedServerException or CacheValueException)
        {
            answer = $"{exception.GetType().Name}: {exception.Message}";
        }

        answer = pool.Servers.Aggregate(answer, (text, server) => text.Replace(server.Name, "SERVER", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {key} {number} {expiry} [{string.Join(' ', keys)}] -> {answer}");
    }

    private async Task<string> ReadAsync(int kind, string key, CacheExpiry expiry, CancellationToken token)
    {
        switch (kind)
        {
            case 0:
                return $"get {await pool.GetAsync(key, CacheCodecs.String, token)}";
            case 1:
                var value = await pool.GetValueAsync(key, CacheCodecs.Bytes, token);
                _cas[key] = value.Found ? value.Cas : NobodysCas;
                return $"get with CAS {value.Found} {Convert.ToHexString(value.Value ?? [])}";
            case 2:
                return $"get and touch {await pool.GetAndTouchAsync(key, CacheCodecs.String, expiry, token)}";
            default:
                return $"numbers {await pool.GetAsync(Countdown, CacheCodecs.UInt64, token)} {await pool.GetAsync(key, CacheCodecs.UInt64, token)}";
        }
    }

    private async Task<string> WriteAsync(int kind, string key, string value, CacheExpiry expiry, CancellationToken token)
    {
        switch (kind)
        {
            case 4:
                await pool.SetAsync(key, value, CacheCodecs.String, expiry, token);
                return "set";
            case 5:
                await pool.SetAsync(_random.Next(2) == 0 ? key : Countdown, Number(), CacheCodecs.UInt64, expiry, token);
                return "set number";
            case 6:
                return $"add {await pool.AddAsync(key, value, CacheCodecs.String, expiry, token)}";
            case 7:
                return $"replace {await pool.ReplaceAsync(key, value, CacheCodecs.String, expiry, token)}";
            case 8:
                return $"append {await pool.AppendAsync(key, "123", CacheCodecs.String, token)}";
            case 9:
                return $"prepend {await pool.PrependAsync(key, "7", CacheCodecs.String, token)}";
            case 10:
            case 11:
                return $"compare and set {await pool.CompareAndSetAsync(key, value, _cas.GetValueOrDefault(key, NobodysCas), CacheCodecs.String, expiry, token)}";
            case 12:
                return $"touch {await pool.TouchAsync(key, expiry, token)} {await pool.ExistsAsync(key, token)}";
            default:
                return $"delete {await pool.DeleteAsync(key, token)}";
        }
    }

    private async Task<string> CountAsync(int kind, string key, ulong number, CacheExpiry expiry, CancellationToken token) => kind switch
    {
        14 => $"increment {await pool.IncrementAsync(key, number, token)}",
        15 => $"decrement {await pool.DecrementAsync(Countdown, number, token)}",
        _ => $"count or create {await pool.IncrementAsync(key, number, 5, expiry, token)} {await pool.DecrementAsync(Countdown, number / 2, number, expiry, token)}",
    };

    private async Task<string> BatchAsync(int kind, string[] keys, string value, CacheExpiry expiry, CancellationToken token)
    {
        switch (kind)
        {
            case 17:
                var stores = keys.Distinct().ToDictionary(key => key, key => value + key);
                await pool.SetManyAsync(stores, 0, static (ref writer, _, item) => writer.Append(item), KeyPolicy.Reject, CacheCodecs.String, expiry, token);
                return "set many";
            case 18:
                return $"delete many {await pool.DeleteManyAsync(keys.Distinct().Take(2), token)}";
            default:
                var found = await pool.GetManyAsync(keys, CacheCodecs.String, token);
                return $"get many {string.Join(' ', found.OrderBy(pair => pair.Key, StringComparer.Ordinal))}";
        }
    }

    private ulong Number() => _random.Next(6) switch
    {
        0 => ulong.MaxValue,
        1 => 0,
        2 => (ulong)_random.NextInt64(),
        _ => (ulong)_random.Next(2000),
    };

    // Some of it is text of numbers, some is compressed, and one in many is over the server's limit.
    private string Value() => _random.Next(12) switch
    {
        0 => "",
        1 => $"{_random.Next(100_000)}",
        2 => new string('z', 20_000 + _random.Next(100_000)),
        3 => Convert.ToHexString(RandomBytes(_random.Next(15) == 0 ? 1_500_000 : 3000)),
        _ => $"value {_random.Next()}",
    };

    private byte[] RandomBytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }
}
