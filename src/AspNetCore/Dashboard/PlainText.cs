using System.Text;
using Microsoft.AspNetCore.Http;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A response of a line or two, for people.</summary>
internal static class PlainText
{
    /// <summary>Sends it.</summary>
    public static Task SendAsync(HttpContext context, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
