using System.IO.Compression;
using System.Xml.Linq;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>What a package says of itself.</summary>
/// <param name="Root">Its document.</param>
internal sealed record Nuspec(XElement Root)
{
    public string License => Value("license");

    public string Readme => Value("readme");

    public string Description => Value("description");

    /// <summary>The packages that it brings along, with the version of each.</summary>
    public IReadOnlyDictionary<string, string> Dependencies => Elements("dependency")
        .ToDictionary(static dependency => dependency.Attribute("id")!.Value, static dependency => dependency.Attribute("version")!.Value);

    public static Nuspec Read(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        using var stream = archive.Entries.Single(static entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return new Nuspec(XDocument.Load(stream).Root!);
    }

    private string Value(string name) => Elements(name).Single().Value;

    private IEnumerable<XElement> Elements(string name) => Root.Descendants().Where(element => element.Name.LocalName == name);
}
