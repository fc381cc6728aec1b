using System.Text.RegularExpressions;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>A project published as a native program.</summary>
/// <param name="File">The program.</param>
/// <param name="BuildOutput">What the SDK printed.</param>
/// <param name="Map">What the native compiler has put into the program, by name.</param>
internal sealed partial record NativeProgram(string File, string BuildOutput, string Map)
{
    /// <summary>The size of the program alone, without debug symbols.</summary>
    public long Bytes => new FileInfo(File).Length;

    /// <summary>Publishes a project.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="name">What the program is called.</param>
    /// <param name="artifacts">Where <c>bin</c> and <c>obj</c> go.</param>
    /// <param name="published">Where the program goes.</param>
    /// <param name="properties">More arguments of the SDK.</param>
    public static async Task<NativeProgram> PublishAsync(string project, string name, string artifacts, string published, params string[] properties)
    {
        var output = await DotnetSdk.RunAsync(
            ["publish", project, "-r", DotnetSdk.RuntimeIdentifier, "-c", "Release", "-o", published, "-p:IlcGenerateMapFile=true", .. properties],
            artifacts,
            Path.GetDirectoryName(project)!);
        var map = Assert.Single(Directory.GetFiles(artifacts, $"{name}.map.xml", SearchOption.AllDirectories));
        return new NativeProgram(Path.Combine(published, name), output, await System.IO.File.ReadAllTextAsync(map));
    }

    /// <summary>Neither the trimmer nor the native compiler had anything to say of any code, packages included.</summary>
    public void AssertNoWarnings()
    {
        Assert.DoesNotMatch(IntermediateLanguageWarning(), BuildOutput);
        Assert.DoesNotContain("warning", BuildOutput, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether any code or data of a type is in the program. In its map a type is called by its assembly and its full name.</summary>
    public bool Keeps(Type type) => Map.Contains(Mangled($"{type.Assembly.GetName().Name}_{type.FullName}"), StringComparison.Ordinal);

    /// <summary>Runs the program with these arguments, most often a list of servers; it has to end with 0.</summary>
    public async Task<FinishedProcess> RunAsync(params string[] arguments)
    {
        var finished = await FinishedProcess.RunAsync(File, Path.GetDirectoryName(File)!, arguments);
        Assert.True(finished.ExitCode == 0, finished.Output);
        return finished;
    }

    private static string Mangled(string name) => name.Replace('.', '_').Replace('+', '_').Replace('`', '_');

    [GeneratedRegex(@"\bIL\d{4}\b")]
    private static partial Regex IntermediateLanguageWarning();
}
