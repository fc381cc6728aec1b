using System.Reflection;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A file of the page, which is part of the assembly. It is read when it is first asked for.</summary>
/// <param name="name">Its name.</param>
/// <param name="contentType">What it is.</param>
internal sealed class PageFile(string name, string contentType)
{
    private byte[]? _content;

    /// <summary>What it is.</summary>
    public string ContentType => contentType;

    /// <summary>Its bytes.</summary>
    public byte[] Content => _content ??= Read();

    private byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"TypedCache.AspNetCore.Dashboard.{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
