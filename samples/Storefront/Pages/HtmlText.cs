using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Storefront.Pages;

/// <summary>Interpolated markup, whose values are encoded: in text and in quoted attributes.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _page;

    /// <summary>The compiler calls this.</summary>
#pragma warning disable IDE0060 // It has to take these two.
    public HtmlText(int literalLength, int formattedCount, HtmlWriter writer) => _page = writer.Page;
#pragma warning restore IDE0060

    /// <summary>Adds markup.</summary>
    public void AppendLiteral(string markup) => _page.Append(markup);

    /// <summary>Adds text.</summary>
    public void AppendFormatted(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _page.Append(Encoder.Encode(text));
        }
    }

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(long number, string? format = null) => AppendFormatted(number.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(double number, string? format = null) => AppendFormatted(number.ToString(format, CultureInfo.InvariantCulture));
}
