namespace TypedCache.Integration.Tests.Stress;

/// <summary>What this process has, as Linux tells it.</summary>
internal static class ProcessResources
{
    /// <summary>How many threads of pools there are, whatever they do.</summary>
    public static int OwnThreads => Directory.EnumerateDirectories("/proc/self/task").Count(static task => NameOf(task).StartsWith("memcached", StringComparison.Ordinal));

    /// <summary>How many sockets are open.</summary>
    public static int Sockets => Directory.EnumerateFiles("/proc/self/fd").Count(IsSocket);

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static bool IsSocket(string descriptor) => new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
}
