using TypedCache.Tests.Creation;

namespace TypedCache.Tests.Tags;

/// <summary>Random schedules of several processes against what reads may see.</summary>
public sealed class TagModelTests
{
    private const int Processes = 3;
    private const int Callers = 8;
    private const int Calls = 150;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task No_read_gives_what_was_made_before_an_invalidation_that_was_complete(bool mayBeStale, bool isNear)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            await using var fleet = new Fleet(servers: 2);
            var options = NewOptions(mayBeStale, isNear);
            var tagOptions = isNear ? new TagOptions() : TagClient.Strict;
            var model = new TagModel(fleet.Time, isNear ? tagOptions.Near!.Duration : TimeSpan.Zero);
            TagClient[] clients = [.. Enumerable.Range(0, Processes).Select(_ => new TagClient(fleet.Join(), options, tagOptions))];
            using var done = new CancellationTokenSource();
            var clock = fleet.RunClockAsync(new Random(seed), done.Token);
            await new TagSchedule(fleet.Advance, model, clients, mayBeStale, seed).RunAsync(Callers, Calls);
            await done.CancelAsync();
            await clock;
            Assert.InRange(model.Reads, Callers * Calls / 5, int.MaxValue);
        }
    }

    // Values are kept for longer than the versions of their tags, which decide.
    private static GetOrCreateOptions NewOptions(bool mayBeStale, bool isNear) => new()
    {
        Expires = TimeSpan.FromMinutes(10),
        Stale = mayBeStale ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
        Near = isNear ? new NearOptions { Duration = TimeSpan.FromSeconds(30), SharesValues = true } : null,
    };
}
