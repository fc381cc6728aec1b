using System.Diagnostics;
using Storefront.Shop;

namespace Storefront.Pages;

/// <summary>What is around the content of each page.</summary>
/// <param name="Title">The title.</param>
/// <param name="City">Where things are delivered to; null: the page is the same for all visitors.</param>
/// <param name="InBasket">How many things are in the visitor's basket.</param>
internal sealed record PageFrame(string Title, DeliveryCity? City = null, int InBasket = 0)
{
    /// <summary>How the page was made, to compare; null: there is nothing to compare.</summary>
    public PageMaking? Making { get; init; }

    /// <summary>The page.</summary>
    /// <param name="content">Writes what is on it.</param>
    public string Render(Action<HtmlWriter> content)
    {
        var html = new HtmlWriter();
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Title} - Storefront</title>
            <link rel="stylesheet" href="/storefront.css">
            <link rel="icon" href="data:,">
            </head>
            <body>
            <header>
            <a class="name" href="/">Storefront</a>
            <nav>
            <a href="/cache">Live page of the caches</a>

            """);
        if (City is not null)
        {
            html.Write($"""
                <a href="/delivery">Deliver to {City.Name}</a>
                <a href="/basket">Basket ({InBasket})</a>

                """);
        }

        html.Write($"""
            </nav>
            </header>
            <main>

            """);
        content(html);
        html.Write($"""
            </main>
            <footer>

            """);
        Making?.Write(html);
        html.Write($"""
            <p>A sample of TypedCache. Cities are those of GeoNames; products, prices and reviews are invented.</p>
            </footer>
            </body>
            </html>

            """);
        return html.ToString();
    }
}

/// <summary>How a page was made.</summary>
/// <param name="Started">When that began, as <see cref="Stopwatch"/> counts.</param>
/// <param name="IsCached">Whether the caches were asked.</param>
/// <param name="Other">The address of the same page, made the other way.</param>
/// <param name="Delay">What each answer of the database takes longer because somebody asked for that.</param>
internal sealed record PageMaking(long Started, bool IsCached, string Other, TimeSpan Delay)
{
    /// <summary>Says so.</summary>
    public void Write(HtmlWriter html)
    {
        html.Write($"<p>Made in {Stopwatch.GetElapsedTime(Started).TotalMilliseconds:N2} ms ");
        if (IsCached)
        {
            html.Write($"""with the caches. <a href="{Other}">The same page without them</a>.""");
        }
        else
        {
            html.Write($"""from the database alone. <a href="{Other}">The same page with the caches</a>.""");
        }

        if (Delay > TimeSpan.Zero)
        {
            html.Write($" <strong>Each query of the database takes {Delay.TotalMilliseconds:0.###} ms longer than it would: the shop was started with --origin-delay.</strong>");
        }

        html.Write($"</p>\n");
    }
}
