using System.Globalization;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>
/// Servers leave and return at random, with their memory or without, and lose connections before or after they have carried out what was
/// sent. What one process has changed, it never finds again as it was before.
/// </summary>
public sealed class ReturningModelTests(ITestOutputHelper output)
{
    // TYPEDCACHE_MODEL_RUNS: how many schedules each of them runs.
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("TYPEDCACHE_MODEL_RUNS") ?? "30", CultureInfo.InvariantCulture);

    private static readonly int FirstSeed = int.Parse(Environment.GetEnvironmentVariable("TYPEDCACHE_MODEL_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(MemcachedProtocol.Auto, 1)]
    [InlineData(MemcachedProtocol.Classic, 1)]
    [InlineData(MemcachedProtocol.Auto, 2)]
    [InlineData(MemcachedProtocol.Classic, 2)]
    public Task No_value_is_older_than_a_completed_change(MemcachedProtocol protocol, int redundancy) => RunAsync(mayBeSilent: false, Runs, options =>
    {
        options.Protocol = protocol;
        options.Redundancy = redundancy;
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Nor_where_servers_carry_out_what_has_timed_out(int redundancy) =>
        RunAsync(mayBeSilent: true, Math.Max(1, Runs / 5), options => options.Redundancy = redundancy);

    [Fact]
    public async Task Without_what_is_noted_old_values_are_found()
    {
        var mistakes = 0;
        for (var seed = 1; seed < 1000 && mistakes == 0; seed++)
        {
            await using var schedule = new ReturningSchedule(seed, mayBeSilent: false, options => options.MaxMissedDeletes = 0);
            mistakes = (await schedule.RunAsync()).Count;
        }

        Assert.NotEqual(0, mistakes);
    }

    private async Task RunAsync(bool mayBeSilent, int runs, Action<MemcachedPoolOptions> configure)
    {
        var missed = 0;
        List<string> mistakes = [];
        for (var seed = FirstSeed; seed < FirstSeed + runs; seed++)
        {
            await using var schedule = new ReturningSchedule(seed, mayBeSilent, configure);
            mistakes.AddRange((await schedule.RunAsync()).Select(mistake => $"seed {seed}: {mistake}"));
            missed += schedule.Missed;
        }

        output.WriteLine($"{runs} schedules, {missed} keys missed");
        Assert.Empty(mistakes);
        Assert.NotEqual(0, missed);
    }
}
