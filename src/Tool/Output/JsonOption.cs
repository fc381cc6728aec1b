using System.CommandLine;

namespace TypedCache.Tool.Output;

/// <summary>The option <c>--json</c>.</summary>
internal static class JsonOption
{
    /// <summary>Makes one.</summary>
    public static Option<bool> Create(string description = "write JSON, for programs") => new("--json") { Description = description };
}
