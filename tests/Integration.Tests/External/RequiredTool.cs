namespace TypedCache.Integration.Tests.External;

/// <summary>A program that a test needs on the PATH, such as <c>memcached</c> or <c>php</c>.</summary>
/// <remarks>
/// Where the program is missing, the test is skipped and says so, so that the suite runs on any machine.
/// The variable <see cref="RequireVariable"/> set to 1 turns each such skip into a failure, so that a build
/// server which is meant to have the program cannot go green without it.
/// </remarks>
public static class RequiredTool
{
    /// <summary>The environment variable which forbids skipping.</summary>
    public const string RequireVariable = "TYPEDCACHE_REQUIRE_TOOLS";

    /// <summary>Gives the full path of the program, or ends the calling test as skipped or failed.</summary>
    public static string Find(string name, string package)
    {
        var path = Locate(name);
        if (path is not null)
        {
            return path;
        }

        Missing($"'{name}' is not on the PATH; install it with: apt-get install {package}");
        return name;
    }

    /// <summary>Ends the calling test as skipped, or as failed where <see cref="RequireVariable"/> is 1.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable(RequireVariable) == "1")
        {
            Assert.Fail($"{reason} ({RequireVariable}=1 forbids skipping)");
        }

        Assert.Skip(reason);
    }

    private static string? Locate(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
