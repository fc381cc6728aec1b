namespace Storefront.Pages;

/// <summary>How the pages look: in light and dark, and on a phone.</summary>
internal static class StyleSheet
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --line: light-dark(#d6d6d6, #444); --soft: light-dark(#f4f4f1, #232323); --link: light-dark(#0b57a4, #8ec1ff); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#fff, #181818); color: light-dark(#222, #e6e6e6); }
        a { color: var(--link); }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; padding: 1rem 0; border-bottom: 1px solid var(--line); }
        header .name { font-size: 1.4rem; font-weight: 700; text-decoration: none; color: inherit; margin-right: auto; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
        footer { margin-top: 3rem; padding: 1rem 0; border-top: 1px solid var(--line); font-size: .9rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; }
        ul.products { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: 1rem; }
        ul.products li { display: flex; flex-direction: column; gap: .25rem; padding: .75rem; background: var(--soft); border-radius: .5rem; }
        ul.products .title, ul.products .picture { display: block; }
        .picture { aspect-ratio: 4 / 3; border-radius: .35rem; margin-bottom: .5rem; font-size: 2.5rem; font-weight: 700; display: grid !important; place-items: center; color: #0009; }
        .tint0 { background: #e8c9a0; } .tint1 { background: #a9cfd0; } .tint2 { background: #d4b8d8; } .tint3 { background: #b9d3a4; }
        .tint4 { background: #f0b7a4; } .tint5 { background: #b4c3e6; } .tint6 { background: #e6dc9c; } .tint7 { background: #c9c5bb; }
        .stars, .path { font-size: .85rem; opacity: .8; }
        .price strong { font-size: 1.15rem; }
        .product { display: grid; grid-template-columns: 2fr 1fr; gap: 1.5rem; }
        .offer { background: var(--soft); border-radius: .5rem; padding: 1rem; }
        .categories { columns: 14rem; padding-left: 1.1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
        input, select, button { font: inherit; padding: .3rem .6rem; }
        button { cursor: pointer; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        @media (max-width: 40rem) { .product { grid-template-columns: 1fr; } table { font-size: .85rem; } }
        """;
}
