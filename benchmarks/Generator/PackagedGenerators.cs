using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>The generators of other packages, as they are published.</summary>
internal static class PackagedGenerators
{
    public static IEnumerable<ISourceGenerator> Load(string file) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Generators", file)).GetTypes()
            .Where(static type => type.IsDefined(typeof(GeneratorAttribute)) && type.IsAssignableTo(typeof(IIncrementalGenerator)))
            .Select(static type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());
}
