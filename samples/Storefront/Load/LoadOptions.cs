namespace Storefront.Load;

/// <summary>What the load generator is asked for.</summary>
/// <param name="Address">The shop.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="Bypass">The share of the pages that are asked for without the caches, 0 to 1.</param>
/// <param name="Duration">How long it goes on; null: until it is told to end.</param>
internal sealed record LoadOptions(Uri Address, int Rate, double Bypass, TimeSpan? Duration);
