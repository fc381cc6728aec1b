using System.Globalization;
using TypedCache.Values;

namespace TypedCache.Tests.Near;

/// <summary>
/// Random calls of three processes, one after the other, while the clock goes on and leaps, also beyond the ends of values. What is given out
/// without asking the server was current there within the time for which it is kept, and has not expired since, nor become stale where that
/// counts; whatever has come from the server is what it has.
/// </summary>
public sealed class NearClockModelTests
{
    private const int Keys = 4;
    private const int Processes = 3;
    private const int Calls = 600;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(4);

    private static readonly NearOptions[] Nears =
    [
        new() { Duration = TimeSpan.FromSeconds(0.5), SharesValues = true },
        new() { Duration = TimeSpan.FromSeconds(2) },
        new() { Duration = TimeSpan.FromSeconds(1), Revalidate = TimeSpan.FromSeconds(20), SharesValues = true },
        new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromHours(1) },
    ];

    private static readonly GetOrCreateOptions[] Options = [.. Nears.Select(static near => new GetOrCreateOptions { Expires = CacheExpiry.FromSeconds(3), Stale = Stale, Near = near })];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.6.40", MemcachedProtocol.Auto)]
    [InlineData("1.6.18", MemcachedProtocol.Auto)]
    [InlineData("1.6.40", MemcachedProtocol.Classic)]
    public async Task Nothing_is_given_out_beyond_its_time(string version, MemcachedProtocol protocol)
    {
        var (hits, created) = (0, 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            using var pools = new NearPools(version);
            var run = new Run(pools, [.. Enumerable.Range(0, Processes).Select(_ => pools.Join(options => options.Protocol = protocol))], seed);
            await run.RunAsync();
            hits += run.Hits;
            created += run.Created;
        }

        // The classic protocol does not say how long a value has left, so that none is kept.
        Assert.True(protocol == MemcachedProtocol.Classic ? hits == 0 : hits > 200, $"{hits} near hits");
        Assert.InRange(created, 100, int.MaxValue);
    }

    private sealed class Run(NearPools pools, MemcachedPool[] processes, int seed)
    {
        private readonly NearStates[] _states = [.. Enumerable.Range(0, Keys).Select(static _ => new NearStates(Stale))];
        private readonly Random _random = new(seed);
        private int _version;
        private int? _created;

        public int Hits { get; private set; }

        public int Created { get; private set; }

        private DateTimeOffset Now => pools.Time.GetUtcNow();

        public async Task RunAsync()
        {
            for (var call = 0; call < Calls; call++)
            {
                var process = _random.Next(Processes);
                await CallAsync(processes[process], process, _random.Next(Keys));
            }
        }

        private Task CallAsync(MemcachedPool pool, int process, int key) => _random.Next(40) switch
        {
            < 3 => SetAsync(pool, process, key),
            3 => DeleteAsync(pool, process, key),
            4 => InvalidateAsync(pool, process, key),
            5 => TouchAsync(pool, process, key),
            6 => _random.Next(8) == 0 ? RestartAsync() : FlushAsync(pool, process),
            < 12 => PassTimeAsync(),
            < 26 => GetAsync(pool, process, key),
            < 30 => GetManyAsync(pool, process),
            _ => GetOrCreateAsync(pool, process, key),
        };

        private async Task SetAsync(MemcachedPool pool, int process, int key)
        {
            var seconds = _random.Next(1, 12);
            await pool.SetAsync(Name(key), Value(key, ++_version), Text, CacheExpiry.FromSeconds(seconds), Token);
            _states[key].Add(_version, Now, process, TimeSpan.FromSeconds(seconds));
        }

        private async Task DeleteAsync(MemcachedPool pool, int process, int key)
        {
            await pool.DeleteAsync(Name(key), Token);
            _states[key].Add(null, Now, process, TimeSpan.FromDays(1));
        }

        private async Task InvalidateAsync(MemcachedPool pool, int process, int key)
        {
            // Also for longer than a value is stale at the end of its life: its mark alone tells then.
            var life = Stale + TimeSpan.FromSeconds(_random.Next(10));
            var found = await pool.InvalidateAsync(Name(key), life, Token);
            await NoteAsync(key, found, process, life, isStale: true);
        }

        private async Task TouchAsync(MemcachedPool pool, int process, int key)
        {
            var seconds = _random.Next(1, 12);
            var found = await pool.TouchAsync(Name(key), CacheExpiry.FromSeconds(seconds), Token);
            await NoteAsync(key, found, process, TimeSpan.FromSeconds(seconds), _states[key].Last.IsStale);
        }

        private async Task NoteAsync(int key, bool found, int process, TimeSpan life, bool isStale)
        {
            var stored = await StoredAsync(key);
            _states[key].Add(found ? stored : null, Now, process, life, isStale);
        }

        private async Task FlushAsync(MemcachedPool pool, int process)
        {
            await pool.FlushAsync(cancellationToken: Token);
            ForgetAll(process);
        }

        private async Task RestartAsync()
        {
            pools.Restart();
            foreach (var pool in processes.Append(pools.Pool))
            {
                await UntilAnsweringAsync(pool);
            }

            ForgetAll(process: -1);
        }

        private async Task UntilAnsweringAsync(MemcachedPool pool)
        {
            for (var waited = System.Diagnostics.Stopwatch.StartNew(); ;)
            {
                try
                {
                    await pool.ExistsAsync("other", Token);
                    return;
                }
                catch (MemcachedException) when (waited.Elapsed < TimeSpan.FromSeconds(30))
                {
                    pools.Advance(1);
                    await Task.Delay(1, Token);
                }
            }
        }

        private void ForgetAll(int process)
        {
            foreach (var states in _states)
            {
                states.Add(null, Now, process, TimeSpan.FromDays(1));
            }
        }

        private Task PassTimeAsync()
        {
            pools.Advance(_random.Next(10) switch
            {
                0 => _random.Next(5, 100),
                < 4 => _random.NextDouble() * 3,
                _ => _random.NextDouble() / 2,
            });
            return Task.CompletedTask;
        }

        private async Task GetAsync(MemcachedPool pool, int process, int key)
        {
            var near = Nears[_random.Next(Nears.Length)];
            pools.Forget();
            var value = await pool.GetAsync(Name(key), Text, near, Token);
            await CheckAsync(key, process, near, value, mayBeStale: true);
        }

        private async Task GetManyAsync(MemcachedPool pool, int process)
        {
            var near = Nears[_random.Next(Nears.Length)];
            pools.Forget();
            var found = await pool.GetManyAsync(Enumerable.Range(0, Keys).Select(Name), Text, near, Token);
            var asked = Enumerable.Range(0, Keys).Where(HasAsked).ToList();
            for (var key = 0; key < Keys; key++)
            {
                await CheckAsync(key, process, near, found.GetValueOrDefault(Name(key)), mayBeStale: true, asked.Contains(key));
            }
        }

        private async Task GetOrCreateAsync(MemcachedPool pool, int process, int key)
        {
            var near = _random.Next(Nears.Length);
            _created = null;
            pools.Forget();
            var value = await pool.GetOrCreateAsync(Name(key), _ => CreateAsync(key), Text, Options[near], cancellationToken: Token);
            var hasAsked = HasAsked(key);
            await EndOfCreationsAsync(pool);
            if (_created is { } created)
            {
                Created++;
                Assert.True(hasAsked, "something was created although nobody was asked");
                Assert.True(VersionOf(key, value) == created || VersionOf(key, value) == _states[key].Last.Version, $"{value} is not what was there, nor created");
                _states[key].Add(created, Now, process, TimeSpan.FromSeconds(3) + Stale);
            }
            else
            {
                await CheckAsync(key, process, Nears[near], value, mayBeStale: false, hasAsked);
            }
        }

        private static async Task EndOfCreationsAsync(MemcachedPool pool)
        {
            for (var waited = System.Diagnostics.Stopwatch.StartNew(); pool.WaitingForCreation > 0;)
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "a create does not end");
                await Task.Delay(1, Token);
            }
        }

        private ValueTask<string> CreateAsync(int key)
        {
            _created = ++_version;
            return ValueTask.FromResult(Value(key, _version));
        }

        private bool HasAsked(int key) => pools.Asked.Any(line => !IsDelete(line) && line.Split(' ').Contains(Name(key)));

        // A lease that an earlier read has won is handed back whenever there is time for it, and after a restart may be another item's.
        private bool IsHandedBack(int key) => pools.Asked.Any(line => IsDelete(line) && line.Split(' ').Contains(Name(key)));

        private static bool IsDelete(string line) => line.StartsWith("md ", StringComparison.Ordinal);

        private Task CheckAsync(int key, int process, NearOptions near, string? value, bool mayBeStale) =>
            CheckAsync(key, process, near, value, mayBeStale, HasAsked(key));

        private async Task CheckAsync(int key, int process, NearOptions near, string? value, bool mayBeStale, bool hasAsked)
        {
            var stored = await StoredAsync(key);
            int? version = value is null ? null : VersionOf(key, value);
            if (hasAsked)
            {
                Assert.True(stored == version || (stored is null && IsHandedBack(key)), $"seed {seed}: process {process} was given version {version}, and the server has {stored}");
                return;
            }

            Hits++;
            Assert.NotNull(version);
            var seen = _states[key].Seen(process, Now, near.Duration);
            Assert.True(
                seen.Exists(state => _states[key].Allows(state, version.Value, Now, mayBeStale)),
                $"seed {seed}: process {process} was given version {version} at {Now:ss.fff}, and could have seen {string.Join(", ", seen)}");
            Assert.True(seen.Count > 1 || stored == version, $"seed {seed}: process {process} was given version {version}, and the server has {stored}");
        }

        private async Task<int?> StoredAsync(int key) => await pools.Pool.GetAsync(Name(key), Text, Token) is { } value ? VersionOf(key, value) : null;

        private static string Name(int key) => $"k{key}";

        // Some are so large that their number is asked for alone where the server does not compare it.
        private static string Value(int key, int version) => $"{Name(key)}|{version}|{new string('v', key == 0 ? 9000 : 10)}";

        private static int VersionOf(int key, string value)
        {
            var parts = value.Split('|');
            Assert.Equal(Name(key), parts[0]);
            return int.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }
}
