namespace TypedCache.Integration.Tests.Publishing;

/// <summary>A new folder outside the solution, removed on <see cref="Dispose"/>.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("typedcache-").FullName;

    /// <summary>The path of something in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file into the folder.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
