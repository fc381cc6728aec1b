namespace Storefront;

/// <summary>What the command line asks for.</summary>
/// <param name="Urls">Where the shop listens; null for what the environment says, or the default.</param>
/// <param name="Servers">memcached servers; null for what configuration says, or embedded ones.</param>
/// <param name="Database">The file of the database; null for the default.</param>
/// <param name="OriginDelay">What each answer of the database takes longer.</param>
internal sealed record StorefrontOptions(string? Urls, string? Servers, string? Database, TimeSpan OriginDelay)
{
    /// <summary>Where the shop listens if nobody says otherwise.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";
}
