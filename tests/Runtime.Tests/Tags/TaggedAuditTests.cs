using TypedCache.Tests.Creation;
using TypedCache.Tests.Telemetry;

namespace TypedCache.Tests.Tags;

/// <summary>Audits of values with tags: a tag that was invalidated is no forgotten invalidation.</summary>
[Collection(nameof(ListensToTheMeter))]
public sealed class TaggedAuditTests : IDisposable
{
    private const string Tag = "~t:a";

    private static readonly GetOrCreateOptions Near = new() { Expires = TimeSpan.FromMinutes(10), Audit = 1, Near = new() { Duration = TimeSpan.FromMinutes(1), SharesValues = true } };

    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_values_are_compared_without_the_versions_of_their_tags(bool isNear, bool ownTags)
    {
        var client = Client(isNear, ownTags);
        await client.GetOrCreateAsync("k", "x1", Tag);
        _scene.ForgetAsked();
        Assert.Equal("x1", await client.GetOrCreateAsync("k", "x1", Tag));
        await _scene.UntilAsync("match 1");
        Assert.Equal("x1", await client.GetOrCreateAsync("k", "y2", Tag));
        await _scene.UntilAsync("match 1, mismatch 1");
        Assert.Single(_scene.Ages);
        _scene.AssertNothingWritten();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tag_that_changes_meanwhile_makes_it_void(bool isOwn)
    {
        var client = Client(isNear: false, ownTags: true);
        await client.GetOrCreateAsync("k", "x1", Tag);
        var create = new GatedCreate();
        Assert.Equal("x1", await client.GetOrCreateAsync("k", create.CreateAsync, Tag));
        await create.Started;
        create.Return("x2");
        await (isOwn ? client.InvalidateAsync("~t:first:x", TagClient.Group) : client.InvalidateAsync(Tag));
        await _scene.UntilAsync("void 1");
    }

    [Fact]
    public async Task Batches_are_audited_too()
    {
        var client = Client(isNear: false, ownTags: false);
        await client.GetOrCreateManyAsync(["a", "b"], "1", Tag);
        _scene.ForgetAsked();
        await client.GetOrCreateManyAsync(["a", "b"], "1", Tag);
        await _scene.UntilAsync("match 1, skipped 1");
        await client.GetOrCreateManyAsync(["a"], "2", Tag);
        await _scene.UntilAsync("match 1, mismatch 1, skipped 1");
        _scene.AssertNothingWritten();

        var create = new GatedCreate();
        await client.GetOrCreateManyAsync(["a"], async (keys, token) => new Dictionary<string, string> { [keys[0]] = await create.CreateAsync(token) }, Tag);
        await create.Started;
        create.Return("2");
        await client.InvalidateAsync(Tag);
        await _scene.UntilAsync("match 1, mismatch 1, skipped 1, void 1");
    }

    [Fact]
    public async Task A_missing_value_of_a_batch_differs()
    {
        var client = Client(isNear: false, ownTags: false);
        await client.GetOrCreateManyAsync(["a"], "1", Tag);
        await client.GetOrCreateManyAsync(["a"], static (_, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>()), Tag);
        await _scene.UntilAsync("mismatch 1");
    }

    [Fact]
    public async Task A_batch_function_that_gives_null_is_named()
    {
        var client = Client(isNear: false, ownTags: false);
        await client.GetOrCreateManyAsync(["a"], "1", Tag);
        await client.GetOrCreateManyAsync(["a"], static (_, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(null!), Tag);
        await _scene.UntilAsync("error 1");
        Assert.Equal(["System.InvalidOperationException"], _scene.Errors);
    }

    private TagClient Client(bool isNear, bool ownTags) =>
        new(_scene.Pool, isNear ? Near : AuditScene.Options, isNear ? new TagOptions { Near = Near.Near } : TagClient.Strict, ownTags ? TagClient.ByFirstLetter : null);
}
