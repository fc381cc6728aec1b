using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Incremental;

/// <summary>Edits a project at random, the same for each seed.</summary>
internal sealed partial class RandomEdits(EditedProject project, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Makes one edit, and tells which.</summary>
    public string Next() => _random.Next(41) switch
    {
        < 9 => EditText("word", ReplaceWord),
        < 16 => EditText("line in", InsertLine),
        < 19 => EditText("line out", RemoveLine),
        < 22 => EditText("number", ReplaceNumber),
        < 25 => EditText("space", InsertSpace),
        < 27 => EditText("twice", RepeatLine),
        < 29 => EditText("line between files", static text => text, MoveLine),
        < 34 => Restore(),
        < 36 => RestoreAll(),
        36 => RemoveFile(),
        37 => Reorder(),
        38 => ChangeOptions(),
        39 => ChangeLanguage(),
        _ => ChangeReferences(),
    };

    [GeneratedRegex(@"[\w?]+|=>|[;,.<>=()]")]
    private static partial Regex Words();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();

    private string EditText(string kind, Func<string, string> edit, Action<string>? instead = null)
    {
        if (project.Paths.Count == 0)
        {
            return Restore();
        }

        var path = Pick(project.Paths);
        if (instead is null)
        {
            project.Write(path, edit(project[path]));
        }
        else
        {
            instead(path);
        }

        return $"{kind} of {path}";
    }

    private string ReplaceWord(string text) => Replace(text, Words(), () => Pick(VariedSources.Words));

    private string ReplaceNumber(string text) => Replace(text, Numbers(), () => $"{_random.Next(9)}");

    private string Replace(string text, Regex pattern, Func<string> by)
    {
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[_random.Next(matches.Count)];
        return text[..match.Index] + by() + text[(match.Index + match.Length)..];
    }

    private string InsertLine(string text) => EditLines(text, (lines, at) => lines.Insert(at, Pick(VariedSources.Lines)));

    private string RemoveLine(string text) => EditLines(text, static (lines, at) => lines.RemoveAt(at));

    private string RepeatLine(string text) => EditLines(text, static (lines, at) => lines.Insert(at, lines[at]));

    private string InsertSpace(string text) => text.Insert(_random.Next(text.Length + 1), Pick([" ", "\n", "  ", "/**/", "\r\n"]));

    private void MoveLine(string path)
    {
        var line = Pick(project[Pick(project.Paths)].Split('\n'));
        project.Write(path, EditLines(project[path], (lines, at) => lines.Insert(at, line)));
    }

    private string EditLines(string text, Action<List<string>, int> edit)
    {
        var lines = text.Split('\n').ToList();
        edit(lines, _random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private string Restore()
    {
        var (path, text) = Pick([.. VariedSources.Files]);
        project.Write(path, text);
        return $"{path} as at first";
    }

    // Mistakes add up, until no client is left that could change.
    private string RestoreAll()
    {
        foreach (var (path, text) in VariedSources.Files)
        {
            project.Write(path, text);
        }

        project.ChangeLanguage(LanguageVersion.CSharp14);
        return "all as at first";
    }

    private string RemoveFile()
    {
        var path = Pick([.. VariedSources.Files.Keys]);
        project.Remove(path);
        return $"{path} removed";
    }

    private string Reorder()
    {
        project.Change(compilation =>
        {
            var trees = compilation.SyntaxTrees.ToArray();
            _random.Shuffle(trees);
            return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        });
        return "files in another order";
    }

    private string ChangeOptions()
    {
        var nullable = Pick([NullableContextOptions.Enable, NullableContextOptions.Disable, NullableContextOptions.Annotations]);
        project.Change(compilation => compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable)));
        return $"nullable {nullable}";
    }

    // Before C# 12 no client is generated; "field" is a keyword since C# 14.
    private string ChangeLanguage()
    {
        var version = Pick([LanguageVersion.CSharp14, LanguageVersion.CSharp13, LanguageVersion.CSharp11]);
        project.ChangeLanguage(version);
        return $"language {version}";
    }

    // Without MessagePack.Annotations its attributes are unknown.
    private string ChangeReferences()
    {
        var all = TestCompilation.Create().References.ToArray();
        var isWhole = _random.Next(2) == 0;
        project.Change(compilation => compilation.WithReferences(isWhole ? all : all[..^1]));
        return isWhole ? "all references" : "a reference removed";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
