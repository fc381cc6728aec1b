using System.Globalization;

namespace TypedCache.Tests.Fuzz;

/// <summary>How many inputs a fuzz test tries.</summary>
internal static class FuzzCount
{
    /// <summary>The environment variable with the number.</summary>
    public const string Variable = "TYPEDCACHE_FUZZ_INPUTS";

    private const string Default = "200000";

    public static int Inputs { get; } = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? Default, CultureInfo.InvariantCulture);
}
