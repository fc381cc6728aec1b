using Storefront.Origin;

namespace TypedCache.Storefront.Tests.Origin;

/// <summary>A small shop's database in a folder of its own, which is removed in the end.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typedcache-");

    /// <summary>How large the shop is.</summary>
    internal static ShopSize Size { get; } = new(2_000);

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The file.</summary>
    internal DatabaseFile File => new(Path.Combine(Folder, "shop.db"), Size);

    public void Dispose() => _folder.Delete(recursive: true);
}
