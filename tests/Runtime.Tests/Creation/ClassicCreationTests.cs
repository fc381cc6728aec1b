using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Servers and proxies which know no leases: one process, and lease keys.</summary>
public sealed class ClassicCreationTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Minute = new() { Expires = TimeSpan.FromMinutes(1), Stale = TimeSpan.FromMinutes(5) };

    private readonly Fleet _fleet = new(servers: 2, MemcachedProtocol.Classic);
    private readonly MemcachedPool _one;
    private readonly MemcachedPool _two;
    private readonly GatedCreate _create = new();

    public ClassicCreationTests() => (_one, _two) = (_fleet.Join(), _fleet.Join());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task One_creates_and_the_others_wait()
    {
        var calls = Enumerable.Range(0, 10).Select(i => GetAsync(i % 2 == 0 ? _one : _two, _create.CreateAsync)).ToArray();
        await Fleet.UntilAsync(() => _one.WaitingForCreation + _two.WaitingForCreation == calls.Length);
        await _create.Started;
        _create.Return("v");

        Assert.All(await _fleet.PassTimeAsync(Task.WhenAll(calls)), value => Assert.Equal("v", value));
        Assert.Equal(1, _create.Runs);
        Assert.Equal("v", await _two.GetAsync("k", Text, Token));
        Assert.Null(await _two.GetAsync("k~lease", Text, Token));
    }

    [Fact]
    public async Task A_failed_create_gives_the_lease_key_back()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => GetAsync(_one, _ => throw new InvalidDataException()));
        Assert.Equal("v", await GetAsync(_two, _ => ValueTask.FromResult("v")));
    }

    [Fact]
    public async Task The_wait_has_an_end()
    {
        var holder = GetAsync(_one, _create.CreateAsync);
        await _create.Started;
        Assert.Equal("late", await _fleet.PassTimeAsync(GetAsync(_two, _ => ValueTask.FromResult("late"))));
        _create.Return("first");
        Assert.Equal("first", await holder);
    }

    [Fact]
    public async Task A_delete_in_the_same_process_begins_a_new_creation_and_keeps_the_old_one_from_being_stored()
    {
        var before = GetAsync(_one, _create.CreateAsync);
        await _create.Started;
        await _one.DeleteAsync("k", Token);
        Assert.Equal("new", await _fleet.PassTimeAsync(GetAsync(_one, _ => ValueTask.FromResult("new"))));
        _create.Return("old");
        Assert.Equal("old", await before);
        Assert.Equal("new", await _one.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Keys_of_any_length_have_a_lease_key()
    {
        var key = new string('k', CacheKeyWriter.MaxLength);
        Assert.Equal("v", await _one.GetOrCreateAsync(key, _ => ValueTask.FromResult("v"), Text, Minute, cancellationToken: Token));
        Assert.Equal("v", await _two.GetAsync(key, Text, Token));
    }

    [Fact]
    public async Task Bytes_which_cannot_be_read_are_replaced()
    {
        await _one.SetAsync("k", "no number", Text, cancellationToken: Token);
        Assert.Equal(7, await _two.GetOrCreateAsync("k", _ => ValueTask.FromResult(7), CacheCodecs.Int32, Minute, cancellationToken: Token));
        Assert.Equal(7, await _one.GetAsync("k", CacheCodecs.Int32, Token));
    }

    [Fact]
    public async Task To_invalidate_is_to_delete()
    {
        await GetAsync(_one, _ => ValueTask.FromResult("v"));
        Assert.True(await _one.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token));
        Assert.Null(await _two.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Many_are_created_with_one_call_but_for_those_whose_lease_keys_others_have()
    {
        var holder = GetAsync(_one, _create.CreateAsync);
        await _create.Started;
        var asked = new List<string>();
        var many = _two.GetOrCreateManyAsync(
            ["a", "b", "k"],
            0,
            static (ref writer, _, item) => writer.Append(item),
            KeyPolicy.Escape,
            (keys, _) =>
            {
                lock (asked)
                {
                    asked.Add(string.Join(' ', keys));
                }

                return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(key => key, key => $"many {key}"));
            },
            Text,
            Minute,
            cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => asked.Count == 1);
        _create.Return("single");

        var values = await _fleet.PassTimeAsync(many);
        Assert.Equal("single", await holder);
        Assert.Equal(["many a", "many b", "single"], values.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(["a b"], asked);
        Assert.Equal("many b", await _one.GetAsync("b", Text, Token));
        Assert.Null(await _one.GetAsync("b~lease", Text, Token));
    }

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        await pool.GetOrCreateAsync("k", create, Text, Minute, cancellationToken: Token);
}
