using System.Diagnostics;

namespace TypedCache.Caching.Tests;

/// <summary>Waits for what happens without the caller.</summary>
public static class Patiently
{
    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var waited = Stopwatch.StartNew();
        while (!await reached())
        {
            Assert.True(waited.Elapsed < SharedServers.Patience, "what was waited for did not come");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
