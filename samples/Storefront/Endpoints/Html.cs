using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Pages;

namespace Storefront.Endpoints;

/// <summary>Answers with pages.</summary>
internal static class Html
{
    private const string ContentType = "text/html; charset=utf-8";

    /// <summary>A page.</summary>
    public static ContentHttpResult Page(PageFrame frame, Action<HtmlWriter> content, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(frame.Render(content), ContentType, Encoding.UTF8, status);

    /// <summary>A page that says that there is no such thing.</summary>
    public static ContentHttpResult NotFound(string what) => Page(
        new PageFrame("Not found"),
        html => NoticeView.Write(html, "We do not have that", $"There is no {what} here."),
        StatusCodes.Status404NotFound);
}
