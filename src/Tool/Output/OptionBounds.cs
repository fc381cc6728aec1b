using System.CommandLine;

namespace TypedCache.Tool.Output;

/// <summary>Bounds of options that are numbers.</summary>
internal static class OptionBounds
{
    /// <summary>Refuses numbers below a bound.</summary>
    public static void RequireAtLeast(this Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{option.Name} has to be at least {least}.");
        }
    });
}
