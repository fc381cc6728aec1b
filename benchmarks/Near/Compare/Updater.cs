namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>Changes the truth, and removes at one node what has become old.</summary>
internal sealed class Updater(ICompareNode node, Truth truth, bool hasTags)
{
    private const int TagEach = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Random _random = new(1);

    /// <summary>How many changes take so long, at most.</summary>
    public static int MostChanges(TimeSpan duration) => (int)(duration / Pause) + 1;

    /// <summary>Changes something each 100 milliseconds, and a whole category each 500.</summary>
    /// <param name="ends">Until when, by <see cref="Environment.TickCount64"/>.</param>
    public void Change(long ends)
    {
        for (var i = 1; Environment.TickCount64 < ends; i++)
        {
            if (hasTags && i % TagEach == 0)
            {
                var category = _random.Next(OfferKeys.Categories);
                Change(truth.LineOfCategory(category), () => node.RemoveCategoryAsync(category));
            }
            else
            {
                var id = _random.Next(Truth.HotOffers);
                Change(truth.LineOf(id), () => node.RemoveAsync(id));
            }

            Thread.Sleep(Pause);
        }
    }

    // On a thread of its own, which does not wait for the callers.
    private static void Change(Line line, Func<ValueTask> remove)
    {
        line.Change();
        remove().AsTask().GetAwaiter().GetResult();
        line.CompleteInvalidation();
    }
}
