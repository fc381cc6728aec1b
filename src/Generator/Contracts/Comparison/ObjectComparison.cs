using System.Globalization;

namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>Compares the members of an object with those of the one that is read in its place.</summary>
internal sealed class ObjectComparison(ShapeComparison comparison, ContractShape.Object written, ContractShape.Object read)
{
    private readonly string _name = ShapeComparison.Short(read.Name);

    // Behind it there is nothing, in front of it nil where there is no member.
    private readonly int _end = written.KeyedByName ? 0 : written.Members.Where(static member => member.IsWritten).Select(static member => member.Index + 1).DefaultIfEmpty().Max();

    public void Compare()
    {
        foreach (var member in read.Members.Where(static member => member.IsRead).Reverse())
        {
            if (Moved(member) is { } from)
            {
                comparison.Add(Path(member), BreakKind.OtherKey, $"key {from.Key}", $"key {member.Key}", "what is stored under the former key is not read");
            }
            else
            {
                Compare(member);
            }
        }
    }

    private void Compare(ContractMember member)
    {
        var stored = written.Members.FirstOrDefault(other => other.IsWritten && other.Key == member.Key);
        if (stored is null)
        {
            CompareMissing(member);
        }
        else if (!written.KeyedByName && stored.Name != member.Name)
        {
            comparison.Add(Path(member), BreakKind.OtherKey, $"key {member.Key}: {stored.Name}", $"key {member.Key}: {member.Name}",
                "one key stands for two members, unless this is a new name of the same one");
        }
        else
        {
            comparison.Open(stored.Type, member.Type, Path(member));
        }
    }

    private void CompareMissing(ContractMember member)
    {
        if (member.Type.IsNullable)
        {
            return;
        }

        if (!read.KeyedByName && member.Index < _end)
        {
            comparison.CheckNull(member.Type, Path(member), "no member", string.Format(CultureInfo.InvariantCulture, "nil is stored under key {0}", member.Key));
        }
        else if (member.IsRequired)
        {
            comparison.CheckMissing(member.Type, Path(member));
        }
    }

    // Values under the same name are the same to people.
    private ContractMember? Moved(ContractMember member)
    {
        var namesakes = written.Members.Where(other => other.IsWritten && other.Name == member.Name).ToList();
        return namesakes.Exists(other => other.Key == member.Key) ? null : namesakes.FirstOrDefault();
    }

    private string Path(ContractMember member) => $"{_name}.{member.Name}";
}
