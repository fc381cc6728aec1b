using System.Globalization;
using System.Text;
using TypedCache.Benchmarks.Cluster.Scenarios;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>
/// Diagrams over time, one above the other, as an SVG picture for light and dark pages. The colours are those of Okabe and Ito, which the
/// colour-blind can tell apart; lines with an option are dashed too.
/// </summary>
internal sealed class Chart(string title, IReadOnlyList<Variant> variants, IReadOnlyList<Moment> moments, int from, int to)
{
    private const int Width = 880;
    private const int Left = 64;
    private const int Right = 20;
    private const int PanelHeight = 170;
    private const int PanelGap = 54;
    private const int LegendColumns = 4;
    private const int LegendRow = 20;
    private const int Points = 130;

    // Okabe and Ito's yellow is too light for a thin line on white.
    private const string Style = """
        text{font:12px system-ui,sans-serif;fill:#24292f}.t{font-size:15px;font-weight:600}.p{font-weight:600}.a{text-anchor:end}.m{text-anchor:middle}
        .g{stroke:#d0d7de;stroke-width:1}.e{stroke:#57606a;stroke-width:1;stroke-dasharray:2 3}.l{fill:none;stroke-width:1.8;stroke-linejoin:round}
        .d{stroke-dasharray:7 3}.b{fill:#ffffff}.c0{stroke:#d55e00}.c1{stroke:#cc79a7}.c2{stroke:#24292f}.c3{stroke:#0072b2}.c4{stroke:#56b4e9}.c5{stroke:#009e73}.c6{stroke:#e69f00}
        @media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#30363d}.e{stroke:#8b949e}.b{fill:#0d1117}.c2{stroke:#e6edf3}.c3{stroke:#3a9bdc}}
        """;

    private readonly StringBuilder _svg = new();

    /// <summary>Draws the diagrams.</summary>
    public string Draw(IReadOnlyList<Panel> panels)
    {
        var legendRows = (variants.Count + LegendColumns - 1) / LegendColumns;
        var top = 44 + (legendRows * LegendRow) + 36;
        var height = top + (panels.Count * (PanelHeight + PanelGap)) - 6;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{title}"><style>{Style}</style>""");
        Add($"""<rect class="b" width="{Width}" height="{height}"/><text class="t" x="{Left}" y="26">{title}</text>""");
        DrawLegend();
        for (var i = 0; i < panels.Count; i++)
        {
            DrawPanel(panels[i], top + (i * (PanelHeight + PanelGap)), isFirst: i == 0);
        }

        Add($"</svg>");
        return _svg.ToString();
    }

    private string Class(int line) => variants[line].HasOption ? $"l d c{Colour(variants[line])}" : $"l c{Colour(variants[line])}";

    // The same in all charts.
    private static int Colour(Variant variant) => variant switch
    {
        { HasSpares: true } => 6,
        { ReplaysDeletes: true } => 4,
        _ when variant.Contender == Contender.Modulo => 0,
        _ when variant.Contender == Contender.Ring => 1,
        _ when variant.Contender == Contender.Ketama => variant.Restarts ? 2 : 3,
        _ => 5,
    };

    private void DrawLegend()
    {
        for (var i = 0; i < variants.Count; i++)
        {
            var x = Left + (i % LegendColumns * (Width - Left - Right) / LegendColumns);
            var y = 50 + (i / LegendColumns * LegendRow);
            Add($"""<path class="{Class(i)}" d="M{x} {y - 4}h30"/><text x="{x + 38}" y="{y}">{variants[i].Name}</text>""");
        }
    }

    private void DrawPanel(Panel panel, int top, bool isFirst)
    {
        var axis = Axis.Of(panel);
        var bottom = top + PanelHeight;
        Add($"""<text class="p" x="{Left}" y="{top - 10 - (isFirst ? 16 : 0)}">{panel.Title}</text>""");
        foreach (var tick in axis.Ticks)
        {
            var y = bottom - (axis.Position(tick) * PanelHeight);
            Add($"""<path class="g" d="M{Left} {y:0.#}H{Width - Right}"/><text class="a" x="{Left - 8}" y="{y + 4:0.#}">{Axis.Label(tick)}</text>""");
        }

        DrawTime(bottom);
        foreach (var (second, label) in moments)
        {
            Add($"""<path class="e" d="M{X(second):0.#} {top}V{bottom}"/>""");
            if (isFirst)
            {
                Add($"""<text class="m" x="{X(second):0.#}" y="{top - 8}">{label}</text>""");
            }
        }

        for (var i = 0; i < panel.Lines.Count; i++)
        {
            DrawLine(panel.Lines[i], axis, bottom, Class(i));
        }
    }

    private void DrawTime(int bottom)
    {
        var step = (to - from) switch { <= 150 => 20, <= 300 => 40, _ => 60 };
        for (var second = Scenario.Start; second <= to; second += step)
        {
            Add($"""<text class="m" x="{X(second):0.#}" y="{bottom + 18}">{second - Scenario.Start} s</text>""");
        }
    }

    private void DrawLine(double[] values, Axis axis, int bottom, string kind)
    {
        var width = Math.Max(1, (int)Math.Ceiling((to - from) / (double)Points));
        Add($"""<path class="{kind}" d="M""");
        for (var second = from; second + width <= to; second += width)
        {
            var mean = values.AsSpan(second, width).ToArray().Average();
            Add($"{(second == from ? "" : "L")}{X(second + (width / 2.0)):0.#} {bottom - (axis.Position(mean) * PanelHeight):0.#}");
        }

        Add($"""
            "/>
            """);
    }

    private double X(double second) => Left + ((second - from) / (to - from) * (Width - Left - Right));

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
