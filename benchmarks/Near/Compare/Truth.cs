namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>The database: what is true of each offer, and how often somebody has come to ask.</summary>
internal sealed class Truth
{
    /// <summary>So many of the offers that are read most change.</summary>
    public const int HotOffers = 100;

    /// <summary>How long a value takes to create.</summary>
    public static readonly TimeSpan CreateTime = TimeSpan.FromMilliseconds(20);

    private static readonly Line Unchanging = new(0);

    private readonly Line[] _offers;
    private readonly Line[] _categories;
    private readonly CreateCount _creates = new();

    /// <summary>Makes it.</summary>
    /// <param name="changes">How often it will be changed, at most.</param>
    public Truth(int changes)
    {
        _offers = [.. Enumerable.Range(0, OfferKeys.Offers).Select(id => id < HotOffers ? new Line(changes) : Unchanging)];
        _categories = [.. Enumerable.Range(0, OfferKeys.Categories).Select(_ => new Line(changes))];
    }

    /// <summary>The creates, counted.</summary>
    public CreateCount Creates => _creates;

    public Line LineOf(int id) => _offers[id];

    public Line LineOfCategory(int category) => _categories[category];

    /// <summary>Creates an offer: its state is read first, and then it takes its time.</summary>
    public async ValueTask<Offer> CreateAsync(int id, CancellationToken cancellationToken)
    {
        var (offer, category) = (_offers[id], _categories[OfferKeys.CategoryOf(id)]);
        _creates.Add(id, offer, category);
        var created = Offer.Create(id, offer.Version, category.Version);
        await Task.Delay(CreateTime, cancellationToken);
        return created;
    }
}
