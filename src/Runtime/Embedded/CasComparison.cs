namespace TypedCache.Embedded;

/// <summary>Which versions of memcached compare the CAS number of a read, and send no value that has it.</summary>
internal static class CasComparison
{
    private static readonly Version First = new(1, 6, 40);

    /// <summary>Whether a version does. What follows its number, as in <c>1.6.40-rc1</c>, says nothing.</summary>
    public static bool AreIn(string version)
    {
        var end = 0;
        while (end < version.Length && (char.IsAsciiDigit(version[end]) || version[end] == '.'))
        {
            end++;
        }

        return Version.TryParse(version.AsSpan(0, end), out var number) && number >= First;
    }
}
