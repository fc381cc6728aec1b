using System.Diagnostics;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>Waits for what a server or a probe in the background brings about sooner or later.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Asks again until the condition holds. Connection failures on the way count as "not yet".</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (MemcachedConnectionException) when (waited.Elapsed < Limit)
            {
                // Not back yet.
            }

            Assert.True(waited.Elapsed < Limit, "what was waited for did not come");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
