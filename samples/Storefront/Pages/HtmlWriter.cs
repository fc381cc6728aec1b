using System.Runtime.CompilerServices;
using System.Text;

namespace Storefront.Pages;

/// <summary>
/// Writes a page. It takes interpolated text alone: what the code says is markup, and what stands in braces is encoded. Nothing that comes from
/// elsewhere can become markup by mistake.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _page = new(16 * 1024);

    /// <summary>Writes markup.</summary>
#pragma warning disable CA1822 // The handler has written it when this is called.
    public void Write([InterpolatedStringHandlerArgument("")] ref HtmlText text) => _ = text;
#pragma warning restore CA1822

    /// <summary>The page.</summary>
    public override string ToString() => _page.ToString();

    /// <summary>Where the pieces of a text go.</summary>
    internal StringBuilder Page => _page;
}
