using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

/// <summary>An entry that knows for which key it was made.</summary>
internal sealed class TestEntry(string name, int hash, long weight) : NearEntry(Encoding.UTF8.GetBytes(name), hash, weight)
{
    public TestEntry(string name, long weight = 1)
        : this(name, HashOf(name), weight)
    {
    }

    public string Name => name;

    public static int HashOf(string name) => NearTable.HashOf(Encoding.UTF8.GetBytes(name));
}
