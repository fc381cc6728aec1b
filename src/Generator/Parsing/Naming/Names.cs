namespace TypedCache.Generator.Parsing.Naming;

/// <summary>Chooses names for what generated code declares.</summary>
internal static class Names
{
    /// <summary>What the key writer of a method is called.</summary>
    public static string KeyWriter(ICollection<string> taken) =>
        taken.Contains("key") ? Unique("cacheKey", taken) : "key";

    /// <summary>The preferred name, or with a number behind it where it is taken.</summary>
    public static string Unique(string preferred, ICollection<string> taken) => Unique(preferred, taken.Contains);

    /// <summary>The preferred name, or with a number behind it where it is taken.</summary>
    public static string Unique(string preferred, Predicate<string> isTaken)
    {
        var name = preferred;
        for (var number = 2; isTaken(name); number++)
        {
            name = preferred + number;
        }

        return name;
    }

    /// <summary>What one item of a collection is called: <c>id</c> of <c>ids</c>, <c>city</c> of <c>cities</c>, else <c>item</c>.</summary>
    public static string Singular(string plural) => FindSingular(plural) ?? "item";

    /// <summary>The singular of an English plural; null of what is none.</summary>
    public static string? FindSingular(string plural) =>
        plural.Length > 4 && plural.EndsWith("ies", StringComparison.Ordinal) ? plural.Substring(0, plural.Length - 3) + "y"
        : plural.Length > 2 && plural.EndsWith("s", StringComparison.Ordinal) && !plural.EndsWith("ss", StringComparison.Ordinal) ? plural.Substring(0, plural.Length - 1)
        : null;

    /// <summary>A name with a capital at its beginning; a name is empty while its declaration is typed.</summary>
    public static string Capitalized(string name) => name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The letters and digits of a text as one name, each word with a capital.</summary>
    public static string Words(string text) => string.Concat(
        string.Concat(text.Select(static character => char.IsLetterOrDigit(character) ? character : ' '))
            .Split([' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(Capitalized));

    /// <summary>A name with a small letter at its beginning.</summary>
    public static string Uncapitalized(string name) => name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>The name of the class that implements an interface: <c>ShopCacheClient</c> for <c>IShopCache</c>.</summary>
    public static string Implementation(string interfaceName) =>
        (interfaceName is ['I', >= 'A' and <= 'Z', ..] ? interfaceName.Substring(1) : interfaceName) + "Client";
}
