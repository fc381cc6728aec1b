using Storefront.Origin;
using Storefront.Servers;

namespace Storefront;

/// <summary>What the shop consists of.</summary>
/// <param name="Database">The database.</param>
/// <param name="Size">How large it is.</param>
/// <param name="KeyFolder">Where the keys are that protect cookies.</param>
internal sealed record StorefrontSetup(ShopDatabase Database, ShopSize Size, string KeyFolder)
{
    /// <summary>Where it listens: addresses separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>The servers in this process; null: there are real ones, which configuration names.</summary>
    public EmbeddedServers? Embedded { get; init; }

    /// <summary>What each answer of the database takes longer.</summary>
    public TimeSpan OriginDelay { get; init; }
}
