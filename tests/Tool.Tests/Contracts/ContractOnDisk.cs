namespace TypedCache.Tool.Tests.Contracts;

/// <summary>A contract in a file of its own.</summary>
internal sealed class ContractOnDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typedcache-");

    public ContractOnDisk(string json)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "TypedCache.contract.json");
        File.WriteAllText(Path, json);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The folder that it is in.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The contract of a shop.</summary>
    public static ContractOnDisk Shop() => new(ShopContract.Json);

    public void Dispose() => _folder.Delete(recursive: true);
}
