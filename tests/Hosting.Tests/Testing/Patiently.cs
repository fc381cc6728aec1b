using System.Diagnostics;

namespace TypedCache.Hosting.Tests.Testing;

/// <summary>Waits for what comes sooner or later.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition) => await UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Limit, "what was waited for did not come");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
