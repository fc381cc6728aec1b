namespace TypedCache.Tool.Census;

/// <summary>An item that is larger than most.</summary>
/// <param name="Key">Its key, for people.</param>
/// <param name="Size">How many bytes it takes.</param>
/// <param name="Server">Who holds it.</param>
internal sealed record LargeItem(string Key, long Size, string Server);
