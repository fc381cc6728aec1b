using System.Text.RegularExpressions;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>A project published as a native program.</summary>
internal sealed partial record NativeProgram(string File, string BuildOutput)
{
    /// <summary>The size of the program alone, without debug symbols.</summary>
    public long Bytes => new FileInfo(File).Length;

    public static async Task<NativeProgram> PublishAsync(string project, string name, TemporaryFolder folder)
    {
        var output = await DotnetSdk.RunAsync(
            ["publish", project, "-r", DotnetSdk.RuntimeIdentifier, "-c", "Release", "-o", folder["published"]],
            folder["artifacts"],
            Path.GetDirectoryName(project)!);
        return new NativeProgram(Path.Combine(folder["published"], name), output);
    }

    /// <summary>Neither the trimmer nor the native compiler had anything to say of any code, packages included.</summary>
    public void AssertNoWarnings()
    {
        Assert.DoesNotMatch(IntermediateLanguageWarning(), BuildOutput);
        Assert.DoesNotContain("warning", BuildOutput, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Runs the program over embedded servers, or over those which are listed; it has to end with 0.</summary>
    public async Task<FinishedProcess> RunAsync(params string[] servers)
    {
        var finished = await FinishedProcess.RunAsync(File, Path.GetDirectoryName(File)!, servers);
        Assert.True(finished.ExitCode == 0, finished.Output);
        return finished;
    }

    [GeneratedRegex(@"\bIL\d{4}\b")]
    private static partial Regex IntermediateLanguageWarning();
}
