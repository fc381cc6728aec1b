using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Incremental;

/// <summary>An editor runs for days: what a driver keeps must not keep what was edited away.</summary>
public sealed class RetentionTests
{
    [Fact]
    public void Nothing_of_a_compilation_outlives_the_next_edit()
    {
        var project = new EditedProject(VariedSources.Files);
        var run = GeneratorRun.Of(project.Compilation);
        var (next, gone) = EditAndRun(project, run);
        run = EditAndRun(project, next).Run;

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(gone, static reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(run);
    }

    // In a method of its own, since the just-in-time compiler may keep locals alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorRun Run, IReadOnlyList<WeakReference> Gone) EditAndRun(EditedProject project, GeneratorRun run)
    {
        WeakReference[] gone =
        [
            new(project.Compilation),
            new(project.Compilation.SyntaxTrees.Single(static tree => tree.FilePath == "ICommon.cs")),
            new(project.Compilation.SyntaxTrees.Single(static tree => tree.FilePath == "IShopCache.cs")),
        ];
        foreach (var path in new[] { "ICommon.cs", "IShopCache.cs" })
        {
            project.Write(path, project[path] + "\n");
        }

        return (run.Then(project.Compilation), gone);
    }
}
