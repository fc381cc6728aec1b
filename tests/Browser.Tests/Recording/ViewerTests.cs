using TypedCache.AspNetCore.Dashboard;

namespace TypedCache.Browser.Tests;

/// <summary>A page that is slow holds nothing up, and is told everything once it can listen again.</summary>
public sealed class ViewerTests
{
    [Fact]
    public async Task A_slow_one_misses_samples_and_gets_a_complete_one_then()
    {
        var viewer = new Viewer();
        Assert.True(viewer.IsBehind);
        for (var i = 0; i < 4; i++)
        {
            viewer.Offer([(byte)i]);
            Assert.False(viewer.IsBehind);
        }

        viewer.Offer([4]);
        viewer.Offer([5]);
        Assert.True(viewer.IsBehind);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var read = new List<byte>();
        await foreach (var frame in viewer.ReadAsync(ended.Token))
        {
            read.Add(frame[0]);
            if (read.Count == 4)
            {
                viewer.Offer([6]);
                Assert.False(viewer.IsBehind);
            }

            if (read.Count == 5)
            {
                break;
            }
        }

        Assert.Equal([0, 1, 2, 3, 6], read);
    }
}
