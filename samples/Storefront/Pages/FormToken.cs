using Microsoft.AspNetCore.Antiforgery;

namespace Storefront.Pages;

/// <summary>Proves that a form was on a page of ours. ASP.NET Core refuses a form without it.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Value">Its value.</param>
internal sealed record FormToken(string Field, string Value)
{
    /// <summary>The token of a visitor, whose cookie is set if there is none.</summary>
    public static FormToken Of(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Writes the field.</summary>
    public void Write(HtmlWriter html) => html.Write($"<input type=\"hidden\" name=\"{Field}\" value=\"{Value}\">\n");
}
