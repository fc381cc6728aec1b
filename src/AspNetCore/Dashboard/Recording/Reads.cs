namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Which operations bring a value: those that a query of the origin would stand for.</summary>
internal static class Reads
{
    /// <summary>Whether an operation is one of them.</summary>
    public static bool Are(string operation) => operation is "get" or "get_many" or "get_and_touch" or "get_or_create" or "get_or_create_many";
}
