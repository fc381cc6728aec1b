using System.Runtime.CompilerServices;

namespace TypedCache.Generator.Tests.Testing;

/// <summary>
/// Compares generated files with those beside the test, in Verify's layout: <c>Type.Method#hint.verified.cs</c>.
/// A difference writes <c>.received.cs</c> and fails; whoever agrees with it renames the file.
/// </summary>
internal static class Snapshot
{
    private const string Extension = ".cs";

    public static void Verify(GeneratorRun run, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        var test = TestName(file, method);
        var differences = run.Sources.SelectMany(source => Compare(folder, test + WithoutExtension(source.HintName), source.SourceText.ToString())).ToList();
        var expected = run.Sources.Select(source => $"{test}{WithoutExtension(source.HintName)}.verified{Extension}").ToHashSet();
        differences.AddRange(Directory.EnumerateFiles(folder, $"{test}*.verified{Extension}")
            .Select(Path.GetFileName)
            .Where(name => !expected.Contains(name!))
            .Select(static name => $"{name} is no longer generated."));
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    /// <summary>Compares one emitted text.</summary>
    public static void Verify(string text, string name, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var differences = Compare(Path.GetDirectoryName(file)!, TestName(file, method) + name, text);
        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    private static string TestName(string file, string method) => $"{Path.GetFileNameWithoutExtension(file)}.{method}#";

    private static string[] Compare(string folder, string name, string text)
    {
        var received = WithoutVersion(text);
        var verifiedPath = Path.Combine(folder, $"{name}.verified{Extension}");
        var receivedPath = Path.Combine(folder, $"{name}.received{Extension}");
        if (File.Exists(verifiedPath) && File.ReadAllText(verifiedPath) == received)
        {
            File.Delete(receivedPath);
            return [];
        }

        File.WriteAllText(receivedPath, received);
        return [$"{name}.received{Extension} differs from {name}.verified{Extension}."];
    }

    private static string WithoutVersion(string text) =>
        text.Replace($"\"{typeof(CacheClientGenerator).Assembly.GetName().Version!.ToString(3)}\"", "\"{Version}\"", StringComparison.Ordinal);

    private static string WithoutExtension(string hint) =>
        hint.EndsWith(Extension, StringComparison.Ordinal) ? hint[..^Extension.Length] : hint;
}
