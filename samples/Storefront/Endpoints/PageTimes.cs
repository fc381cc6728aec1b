using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Storefront.Endpoints;

/// <summary>How long pages take to make, with the caches and without: the histograms that the live page compares.</summary>
internal sealed class PageTimes
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Storefront";

    /// <summary>The histogram of product pages.</summary>
    public const string ProductName = "storefront.product.duration";

    /// <summary>The histogram of pages of categories.</summary>
    public const string CategoryName = "storefront.category.duration";

    /// <summary>The histogram of front pages.</summary>
    public const string FrontName = "storefront.front.duration";

    /// <summary>The tag that says whether the caches were asked: <c>with the caches</c> or <c>without</c>.</summary>
    public const string CacheTag = "cache";

    private static readonly KeyValuePair<string, object?> On = new(CacheTag, "with the caches");
    private static readonly KeyValuePair<string, object?> Off = new(CacheTag, "without");

    public PageTimes(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        Product = meter.CreateHistogram<double>(ProductName, "s", "How long product pages take to make.");
        Category = meter.CreateHistogram<double>(CategoryName, "s", "How long pages of categories take to make.");
        Front = meter.CreateHistogram<double>(FrontName, "s", "How long front pages take to make.");
    }

    /// <summary>The times of product pages.</summary>
    public Histogram<double> Product { get; }

    /// <summary>The times of pages of categories.</summary>
    public Histogram<double> Category { get; }

    /// <summary>The times of front pages.</summary>
    public Histogram<double> Front { get; }

    /// <summary>Records a page.</summary>
    /// <param name="histogram">Where.</param>
    /// <param name="started">When it began, as <see cref="Stopwatch"/> counts.</param>
    /// <param name="cached">Whether the caches were asked.</param>
    public static void Record(Histogram<double> histogram, long started, bool cached) =>
        histogram.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, cached ? On : Off);
}
