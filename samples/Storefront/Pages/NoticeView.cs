namespace Storefront.Pages;

/// <summary>A page that says one thing.</summary>
internal static class NoticeView
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, string headline, string text) => html.Write($"""
        <h1>{headline}</h1>
        <p>{text}</p>
        <p><a href="/">To the front page</a></p>

        """);
}
