namespace TypedCache.Generator.Model;

/// <summary>The function that creates missing values.</summary>
/// <param name="Function">The parameter, as code.</param>
/// <param name="Arguments">The key's parameters that are passed on to it, as code; empty where it takes none.</param>
/// <param name="GivesItem">Whether it gives a <c>CacheItem</c>, which decides for itself whether and how long it is stored.</param>
/// <param name="StateName">What the arguments and the function are called in the lambda, where there are several arguments.</param>
/// <param name="TokenName">What the token is called in the lambda.</param>
internal sealed record CreateModel(
    string Function,
    EquatableArray<string> Arguments,
    bool GivesItem,
    string StateName,
    string TokenName)
{
    /// <summary>What the arguments are called in the lambda.</summary>
    public EquatableArray<string> Locals { get; init; }
}
