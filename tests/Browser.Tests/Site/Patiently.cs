using System.Diagnostics;

namespace TypedCache.Browser.Tests;

/// <summary>Waits for what happens without the caller.</summary>
public static class Patiently
{
    /// <summary>Only keeps a test from hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> reached)
    {
        var waited = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(waited.Elapsed < Patience, "what was waited for did not come");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
