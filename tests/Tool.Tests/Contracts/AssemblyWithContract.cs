using System.Reflection;
using System.Reflection.Emit;

namespace TypedCache.Tool.Tests.Contracts;

/// <summary>An assembly with a contract, in a file of its own. Nothing else is in it, and whatever runs it would fail.</summary>
internal sealed class AssemblyWithContract : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typedcache-");

    public AssemblyWithContract(string? json)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "App.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("App"), typeof(object).Assembly);
        assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(AssemblyDescriptionAttribute).GetConstructor([typeof(string)])!, ["no contract"]));
        if (json is not null)
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(CacheContractAttribute).GetConstructor([typeof(string)])!, [json]));
        }

        assembly.DefineDynamicModule("App");
        assembly.Save(Path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
