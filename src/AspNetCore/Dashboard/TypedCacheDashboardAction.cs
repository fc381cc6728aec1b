namespace TypedCache;

/// <summary>A button of the application on the live page.</summary>
public sealed class TypedCacheDashboardAction
{
    private const int MaxNameLength = 60;
    private const int MaxChoices = 1000;

    private readonly Func<TypedCacheDashboardCall, CancellationToken, ValueTask<string>> _run;

    /// <summary>Makes a button.</summary>
    /// <param name="name">Its name in the address, which is unique on the page: 1 to 60 letters, digits and hyphens.</param>
    /// <param name="label">What is written on it.</param>
    /// <param name="run">
    /// Does it, and returns what the page says then. The message of an exception is shown there too, so it must hold no secret. The token is
    /// cancelled when whoever pressed the button goes away, and when the application ends.
    /// </param>
    /// <exception cref="ArgumentException">The name or the label is not valid.</exception>
    public TypedCacheDashboardAction(string name, string label, Func<TypedCacheDashboardCall, CancellationToken, ValueTask<string>> run)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        ArgumentNullException.ThrowIfNull(run);
        foreach (var letter in name)
        {
            if (name.Length > MaxNameLength || !(char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            {
                throw new ArgumentException($"The action's name '{name}' is not valid: use 1 to {MaxNameLength} letters, digits and hyphens.", nameof(name));
            }
        }

        Name = name;
        Label = label;
        _run = run;
    }

    /// <summary>Its name in the address.</summary>
    public string Name { get; }

    /// <summary>What is written on it.</summary>
    public string Label { get; }

    /// <summary>Whether each server has such a button. Default: false, there is one.</summary>
    public bool IsPerServer { get; init; }

    /// <summary>Whether the page asks before it does it. Default: false.</summary>
    public bool NeedsConfirmation { get; init; }

    /// <summary>What there is to choose from, of which one is chosen. Default: nothing.</summary>
    /// <exception cref="ArgumentException">There are more than 1,000, or one is null.</exception>
    public IReadOnlyList<string> Choices
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] choices = [.. value];
            if (choices.Length > MaxChoices || Array.IndexOf(choices, null) >= 0)
            {
                throw new ArgumentException($"The choices of an action are at most {MaxChoices}, and none is null.", nameof(value));
            }

            field = choices;
        }
    } = [];

    /// <summary>Does it.</summary>
    internal ValueTask<string> RunAsync(TypedCacheDashboardCall call, CancellationToken cancellationToken) => _run(call, cancellationToken);
}
