using System.Reflection;

namespace TypedCache.Tool.Tests.Values;

/// <summary>The contract of <see cref="IThingCache"/>, as the generator has written it into this assembly.</summary>
internal static class ThingContract
{
    /// <summary>The assembly, as <c>--contract</c> takes it.</summary>
    public static string Assembly { get; } = typeof(ThingContract).Assembly.Location;

    /// <summary>Its text with changes, each of which is there.</summary>
    public static string With(params (string Before, string After)[] changes)
    {
        var json = typeof(ThingContract).Assembly.GetCustomAttribute<CacheContractAttribute>()!.Json;
        foreach (var (before, after) in changes)
        {
            Assert.Contains(before, json, StringComparison.Ordinal);
            json = json.Replace(before, after, StringComparison.Ordinal);
        }

        return json;
    }
}
