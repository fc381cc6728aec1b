using Spectre.Console;

namespace TypedCache.Tool.Output;

/// <summary>Makes tables of numbers.</summary>
internal static class NumberTable
{
    /// <summary>A table with text on the left, which breaks where it is too long, and numbers behind it, which do not.</summary>
    public static Table Of(string first, params string[] numbers)
    {
        var table = new Table().AddColumn(new TableColumn(first));
        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }

        return table;
    }
}
