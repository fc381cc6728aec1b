using System.CommandLine;
using TypedCache.Hosting;

namespace TypedCache.Tool.Output;

/// <summary>Options that take some words and no others.</summary>
internal static class OptionChoices
{
    /// <summary>Refuses other words, with the one that was meant or with all of them. The case does not count.</summary>
    public static Option<T> TakesOnly<T>(this Option<T> option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase)))
            {
                var fix = Suggestion.Find(token.Value, words) is { } meant ? $"Did you mean {meant}?" : $"It can be: {string.Join(", ", words)}.";
                result.AddError($"{option.Name} is '{token.Value}'. {fix}");
            }
        });
        return option;
    }
}
