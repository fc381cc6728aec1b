using System.Text;
using System.Text.Encodings.Web;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The HTML of the page: its title, and where its other files are.</summary>
/// <param name="file">The HTML with the places for both.</param>
internal sealed class PageMarkup(PageFile file)
{
    /// <summary>Fills it in.</summary>
    /// <param name="title">The title.</param>
    /// <param name="path">The path that was asked for.</param>
    public string For(string title, string path) => Encoding.UTF8.GetString(file.Content)
        .Replace("{{folder}}", HtmlEncoder.Default.Encode(FolderOf(path)), StringComparison.Ordinal)
        .Replace("{{title}}", HtmlEncoder.Default.Encode(title), StringComparison.Ordinal);

    // Relative, so that it is right behind a proxy that has taken a prefix away, with and without a slash at the end.
    private static string FolderOf(string path)
    {
        var last = path[(path.LastIndexOf('/') + 1)..];
        return last.Length == 0 ? "./" : $"./{Uri.EscapeDataString(last)}/";
    }
}
