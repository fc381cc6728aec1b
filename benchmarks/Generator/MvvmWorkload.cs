using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>View models with properties and commands.</summary>
internal sealed class MvvmWorkload : IWorkload
{
    public string Name => "CommunityToolkit.Mvvm";

    public IEnumerable<ISourceGenerator> CreateGenerators() => PackagedGenerators.Load("CommunityToolkit.Mvvm.SourceGenerators.dll");

    public string File(int index, int members, string word)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using CommunityToolkit.Mvvm.ComponentModel;
            using CommunityToolkit.Mvvm.Input;

            namespace Workload;

            public sealed partial class Model{{index}} : ObservableObject
            {

            """);
        for (var member = 0; member < members; member++)
        {
            text.AppendLine(Member(member, member == 0 ? word : "item"));
        }

        return text.AppendLine("}").ToString();
    }

    private static string Member(int member, string word) => (member % 5) switch
    {
        0 => $"    [ObservableProperty] private int _{word}{member};",
        1 => $"    [ObservableProperty] private string? _{word}{member};",
        2 => $"    [ObservableProperty, NotifyPropertyChangedFor(nameof(Sum{member}))] private decimal _{word}{member}; public decimal Sum{member} => 1;",
        3 => $"    [ObservableProperty] private List<Guid>? _{word}{member};",
        _ => $"    [RelayCommand] private Task Run{word}{member}Async(int id) => Task.CompletedTask;",
    };
}
