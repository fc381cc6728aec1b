using System.Runtime.CompilerServices;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Compares text with the <c>.verified.cs</c> file beside the test; on a mismatch the text is left as <c>.received.cs</c>.</summary>
internal static class SnapshotFile
{
    public static void Matches(string text, string name, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}#{name}");
        var (verified, received) = ($"{stem}.verified.cs", $"{stem}.received.cs");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"The emitted text is not that of {Path.GetFileName(verified)}. Compare it with {Path.GetFileName(received)}, and rename that file if it is right.");
    }
}
