using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How the tool <c>typedcache</c> is run.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">What comes before the tool's own arguments.</param>
internal sealed record EmbeddedTool(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>The tool of this package's version, which the SDK takes from the package sources when it is first needed.</summary>
    public static EmbeddedTool FromPackage() => new("dotnet", ["tool", "exec", $"TypedCache.Tool@{Version()}", "--yes", "--"]);

    /// <summary>The tool as it is installed.</summary>
    public static EmbeddedTool Installed(string path) => new(path, []);

    // Without what follows a plus: the revision is not in the package's version.
    private static string Version() =>
        typeof(EmbeddedTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
