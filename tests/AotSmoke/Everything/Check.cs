namespace TypedCache.AotSmoke;

/// <summary>Counts what was checked, and says what was wrong.</summary>
internal sealed class Check
{
    public int Count { get; private set; }

    public int Failures { get; private set; }

    public void That(bool isTrue, string what)
    {
        Count++;
        if (!isTrue)
        {
            Failures++;
            Console.Error.WriteLine($"FAILED: {what}");
        }
    }
}
