using System.Globalization;

namespace TypedCache.Generator.Benchmarks;

/// <summary>Measures one generator, and prints a line for each step.</summary>
internal sealed class Measurement(Project project, int repetitions)
{
    // A compilation takes longer than all runs of a generator, and varies less.
    private const int Compilations = 3;

    private double _compilationAfterEdits;

    public void Print()
    {
        Print("Cold, first run of the process", [new EditorSession(project).Open(compile: true)]);
        var contract = ContractText.Of(project);
        Print("Cold, warm process", Repeat((_, compile) => new EditorSession(project, contract).Open(compile)));
        var session = new EditorSession(project, contract);
        session.Open(compile: false);
        Print("Edit in an unrelated method's body", Repeat((edit, compile) => session.Edit(project.Files, Project.Unrelated(edit + 1, members: 1), compile)));

        // The other edits leave as much to compile.
        Print("Unrelated member added", Repeat((edit, _) => session.Edit(project.Files, Project.Unrelated(0, edit + 2), compile: false)));
        Print("Type moved down a line", Repeat((edit, _) => session.Edit(0, new string('\n', edit + 1) + project.File(0), compile: false)));
        Print("One member changed", Repeat((edit, _) => session.Edit(1, project.File(1, $"word{edit}x"), compile: false)));
    }

    private Step[] Repeat(Func<int, bool, Step> step) => [.. Enumerable.Range(0, repetitions).Select(repetition => step(repetition, repetition < Compilations))];

    private void Print(string name, IReadOnlyCollection<Step> steps)
    {
        var generator = Median(steps.Select(static step => step.Generator));
        var compilations = steps.Select(static step => step.Compilation).OfType<TimeSpan>().ToArray();
        var compilation = compilations.Length == 0 ? _compilationAfterEdits : Median(compilations);
        _compilationAfterEdits = compilation;
        var perMember = generator * 1000 / (project.Files * project.Members);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {project.Workload.Name} | {name} | {generator:F1} | {compilation:F1} | {generator / (generator + compilation):P2} | {perMember:F1} |"));
    }

    private static double Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(static time => time.TotalMilliseconds).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
