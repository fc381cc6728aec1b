namespace TypedCache.Integration.Tests.Stress;

/// <summary>What a long test has measured: in its output, and in a file which a build prints at its end.</summary>
internal static class TestFigures
{
    public static void Report(string name, string figures)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "figures"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.txt"), $"{name}: {figures}{Environment.NewLine}");
    }
}
