using System.Diagnostics;

namespace TypedCache.Caching.Tests;

/// <summary>Waits for what happens without the caller.</summary>
public static class Patiently
{
    /// <param name="reached">What is waited for.</param>
    /// <param name="meanwhile">What is done between two looks, such as to let a clock go on.</param>
    public static Task UntilAsync(Func<bool> reached, Action? meanwhile = null) => UntilAsync(() => Task.FromResult(reached()), meanwhile);

    /// <inheritdoc cref="UntilAsync(Func{bool}, Action?)"/>
    public static async Task UntilAsync(Func<Task<bool>> reached, Action? meanwhile = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await reached())
        {
            Assert.True(waited.Elapsed < SharedServers.Patience, "what was waited for did not come");
            meanwhile?.Invoke();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
