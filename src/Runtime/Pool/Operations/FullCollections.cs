namespace TypedCache.Pool.Operations;

/// <summary>Hears of full garbage collections: its finalizer runs after collections, and asks for the next time.</summary>
internal sealed class FullCollections
{
    private static readonly List<OperationStock> Stocks = [];

    private int _seen = GC.CollectionCount(GC.MaxGeneration);

    static FullCollections() => _ = new FullCollections();

    private FullCollections()
    {
    }

    ~FullCollections()
    {
        var collections = GC.CollectionCount(GC.MaxGeneration);
        if (collections != _seen)
        {
            _seen = collections;
            lock (Stocks)
            {
                Stocks.ForEach(static stock => stock.Trim());
            }
        }

        GC.ReRegisterForFinalize(this);
    }

    /// <summary>Trims a stock after each full collection from now on.</summary>
    public static void Observe(OperationStock stock)
    {
        lock (Stocks)
        {
            Stocks.Add(stock);
        }
    }
}
