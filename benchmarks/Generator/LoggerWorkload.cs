using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>Classes of log messages.</summary>
internal sealed class LoggerWorkload : IWorkload
{
    public string Name => "LoggerMessage";

    public IEnumerable<ISourceGenerator> CreateGenerators() => PackagedGenerators.Load("Microsoft.Extensions.Logging.Generators.dll");

    public string File(int index, int members, string word)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using Microsoft.Extensions.Logging;

            namespace Workload;

            public static partial class Log{{index}}
            {

            """);
        for (var member = 0; member < members; member++)
        {
            text.AppendLine(Member(member, member == 0 ? word : "item"));
        }

        return text.AppendLine("}").ToString();
    }

    private static string Member(int member, string word) => (member % 2) switch
    {
        0 => $"    [LoggerMessage({member + 1}, LogLevel.Information, \"The {word} {{id}} of {{name}}\")] public static partial void Item{member}(ILogger logger, int id, string name);",
        _ => $"    [LoggerMessage({member + 1}, LogLevel.Error, \"The {word} {{day}}\")] public static partial void Item{member}(ILogger logger, DateOnly day, Exception error);",
    };
}
