using TypedCache.Benchmarks.Near.HitRates;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>Reads one offer after the other from one node, the popular ones more often.</summary>
/// <param name="node">The node.</param>
/// <param name="truth">Knows how old an offer is.</param>
/// <param name="number">Tells it from the other callers.</param>
internal sealed class Caller(ICompareNode node, Truth truth, int number)
{
    // A caller whose offers are all near would keep its thread for itself; a request to a web server ends after some lookups.
    private const int LookupsInARow = 100;

    // The same ones for each contender. Each caller begins somewhere else.
    private static readonly int[] Ids = MakeIds(1 << 20);

    /// <summary>Reads until some time.</summary>
    /// <param name="ends">When, by <see cref="Environment.TickCount64"/>: a finer clock costs as much as a lookup.</param>
    public async Task<Tally> ReadAsync(long ends)
    {
        var tally = new Tally();
        var first = new Random(number).Next(Ids.Length);
        for (var i = 0; ; i++)
        {
            var began = Environment.TickCount64;
            if (began >= ends)
            {
                return tally;
            }

            var id = Ids[(first + i) % Ids.Length];
            var read = node.ReadAsync(id);
            tally.NearHits += read.IsCompletedSuccessfully ? 1 : 0;
            Check(await read, id, began, tally);
            if (i % LookupsInARow == 0)
            {
                await Task.Yield();
            }
        }
    }

    private static int[] MakeIds(int count)
    {
        var random = new Random(1);
        var popularity = new ZipfKeys(OfferKeys.Offers, 0.99);
        return [.. Enumerable.Range(0, count).Select(_ => popularity.Next(random))];
    }

    private void Check(Offer offer, int id, long began, Tally tally)
    {
        if (offer.Id != id)
        {
            throw new InvalidOperationException($"Offer {offer.Id} came for {id}.");
        }

        tally.Lookups++;
        tally.OldestByKey = Math.Max(tally.OldestByKey, truth.LineOf(id).InvalidFor(offer.Version, began));
        tally.OldestByTag = Math.Max(tally.OldestByTag, truth.LineOfCategory(OfferKeys.CategoryOf(id)).InvalidFor(offer.CategoryVersion, began));
    }
}
