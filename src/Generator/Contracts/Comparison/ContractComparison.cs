using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>Compares what an application has stored until now with what it will read and write.</summary>
internal sealed class ContractComparison
{
    private const string TagsName = "tags";
    private const string DialectName = "the dialect";

    private readonly ContractFile _old;
    private readonly ContractFile _current;
    private readonly ContractTypes _oldTypes;
    private readonly ContractTypes _currentTypes;
    private readonly HashSet<string> _changedTypes;

    private ContractComparison(ContractFile old, ContractFile current)
    {
        (_old, _current) = (old, current);
        (_oldTypes, _currentTypes) = (new ContractTypes(old), new ContractTypes(current));
        _changedTypes = new HashSet<string>(current.Types.Except(old.Types).Concat(old.Types.Except(current.Types)).Select(static type => type.Name), StringComparer.Ordinal);
    }

    /// <summary>What has changed, key by key; keys that are the same are left out.</summary>
    /// <param name="old">The contract as it was.</param>
    /// <param name="current">The contract as it is.</param>
    public static IReadOnlyList<ContractChange> Compare(ContractFile old, ContractFile current) => new ContractComparison(old, current).Compare();

    /// <summary>What of a key's values cannot be read by another program with the same key.</summary>
    public static IEnumerable<ContractBreak> CompareValues(ContractFile writer, ContractKey written, ContractFile reader, ContractKey read) =>
        CompareValues(new ContractTypes(writer), written, new ContractTypes(reader), read);

    private List<ContractChange> Compare()
    {
        var changes = new List<ContractChange>();
        var before = _old.Keys.ToLookup(static key => key.Identity, StringComparer.Ordinal);
        var after = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in _current.Keys)
        {
            var identity = key.Identity;
            after.Add(identity);
            var former = Find(before[identity], key);
            if (former is null || !IsSame(former, key))
            {
                changes.Add(former is null ? new ContractChange(ChangeKind.Safe, null, key) : CompareKey(former, key));
            }
        }

        changes.AddRange(_old.Keys
            .Where(key => !after.Contains(key.Identity) && !IsLeftBehind(key))
            .Select(key => new ContractChange(ChangeKind.Vanished, key, Successor(key, before))));
        return changes;
    }

    // With another version the interface leaves all its former keys on purpose.
    private bool IsLeftBehind(ContractKey key) => _current.Keys.Any(other => other.Client == key.Client && other.Version > key.Version);

    private bool IsSame(ContractKey former, ContractKey key) =>
        former == key && (_changedTypes.Count == 0 || !_currentTypes.Reach(key.Value).Any(type => _changedTypes.Contains(type.Name)));

    // Of several with one identity the same version first, and of several interfaces the same one.
    private static ContractKey? Find(IEnumerable<ContractKey> keys, ContractKey key) => keys
        .OrderBy(other => other.Version == key.Version && other.Schema == key.Schema ? 0 : 1)
        .ThenBy(other => other.Client == key.Client ? 0 : 1)
        .FirstOrDefault();

    // The key of a method that had another one: not one that is in the contract as well.
    private ContractKey? Successor(ContractKey key, ILookup<string, ContractKey> before) =>
        _current.Keys.FirstOrDefault(other => other.Client == key.Client && !before.Contains(other.Identity) && other.Methods.Any(method => key.Methods.Contains(method)));

    private ContractChange CompareKey(ContractKey former, ContractKey key)
    {
        if (GoesBack(former, key))
        {
            return new ContractChange(ChangeKind.Vanished, former, key);
        }

        // Other keys: nobody reads what the former ones hold.
        if (former.Version != key.Version || former.Schema != key.Schema)
        {
            return new ContractChange(ChangeKind.Safe, former, key);
        }

        var isOfType = former.Codec == ContractCodec.MessagePack && key.Codec == ContractCodec.MessagePack;
        var findings = CompareArguments(former, key)
            .Concat(CompareValues(_oldTypes, former, _currentTypes, key).Select(found => new ContractFinding(found, IsOldReader: false) { IsOfType = isOfType }))
            .Concat(CompareValues(_currentTypes, key, _oldTypes, former).Select(found => new ContractFinding(found, IsOldReader: true) { IsOfType = isOfType }))
            .Concat(CompareTags(former, key))
            .Concat(CompareAppends(former, key))
            .ToList();
        findings.RemoveAll(finding => findings.Exists(finding.IsToldBy));
        var kind = findings.Exists(static finding => finding.IsBroken) ? ChangeKind.Breaks
            : findings.Count > 0 ? ChangeKind.OneSided
            : ChangeKind.Safe;
        return new ContractChange(kind, former, key) { Findings = new EquatableArray<ContractFinding>(findings) };
    }

    // Under a version that was used before there can be values of that time.
    private static bool GoesBack(ContractKey former, ContractKey key) =>
        key.Version < former.Version || (key.Version == former.Version && former.Schema is not null && key.Schema is null);

    private static IEnumerable<ContractBreak> CompareValues(ContractTypes writer, ContractKey written, ContractTypes reader, ContractKey read)
    {
        if (written.Codec is null || read.Codec is null)
        {
            return [];
        }

        return (written, read) switch
        {
            _ when IsOfOtherDialect(written, read) => [OtherDialect(written, read)],
            ({ Codec: ContractCodec.MessagePack, Value: { } one }, { Codec: ContractCodec.MessagePack, Value: { } other }) => ShapeComparison.Compare(writer, one, reader, other),
            _ when PlainTypeOf(written) is { } one && PlainTypeOf(read) is { } other => ComparePlain(one, other, isCounted: read.Codec == ContractCodec.Counter, ContractDialect.HasNumbersAsBytes(written.Dialect)),
            _ when written.Codec == read.Codec => [],
            _ => [Exchanged(written, read)],
        };
    }

    // The server counts the text of a number.
    private static string? PlainTypeOf(ContractKey key) => key switch
    {
        { Codec: ContractCodec.Counter } => PlainValues.Counted,
        { Codec: ContractCodec.Plain, Value: ContractType.Leaf leaf } => leaf.Name,
        _ => null,
    };

    private static IEnumerable<ContractBreak> ComparePlain(string written, string read, bool isCounted, bool isBytes)
    {
        if (isCounted ? isBytes || !PlainValues.CanCount(written) : !PlainValues.CanRead(read, written))
        {
            var reason = isCounted ? "the server cannot count it" : "it cannot be read, or means something else";
            yield return new ContractBreak("the value", BreakKind.Throws, written, isCounted ? "a counter" : read, reason);
        }
    }

    // Counters are text in all dialects.
    private static bool IsOfOtherDialect(ContractKey written, ContractKey read) =>
        written.Codec != ContractCodec.Counter && read.Codec != ContractCodec.Counter && !ContractDialect.ReadEachOther(written.Dialect, read.Dialect);

    private static ContractBreak OtherDialect(ContractKey written, ContractKey read) => new(
        DialectName,
        BreakKind.OtherDialect,
        written.Dialect ?? ContractDialect.OfThePool,
        read.Dialect ?? ContractDialect.OfThePool,
        written.Dialect is null || read.Dialect is null ? "that of the pool may be another one" : "each has flags and bytes of its own");

    private static ContractBreak Exchanged(ContractKey written, ContractKey read) =>
        new(Show(written), BreakKind.Throws, $"{Show(written)} by {written.Codec}", $"{Show(read)} by {read.Codec}", "another codec reads what this one has written");

    private static string Show(ContractKey key) => key.Value is { } value ? ShapeComparison.Short(value.ToString()) : "the value";

    // An enum in a key is written by name: without a name there is no way back to the keys of old.
    private static IEnumerable<ContractFinding> CompareArguments(ContractKey former, ContractKey key)
    {
        for (var i = 0; i < former.Arguments.Count; i++)
        {
            var (one, other) = (former.Arguments[i], key.Arguments[i]);
            foreach (var name in one.Names.Except(other.Names))
            {
                yield return new ContractFinding(
                    new ContractBreak($"{{{one.Name}}}", BreakKind.Differs, name, "no such name", "no key is made for values under this name"), IsOldReader: false);
            }
        }
    }

    // A value with tags is another form, which a read without tags refuses; who does not know a tag does not look whether it was invalidated.
    private static IEnumerable<ContractFinding> CompareTags(ContractKey former, ContractKey key)
    {
        var (before, after) = (Text(former.Tags), Text(key.Tags));
        if (former.Tags.Select(ContractPattern.WithoutNames).OrderBy(static tag => tag, StringComparer.Ordinal)
            .SequenceEqual(key.Tags.Select(ContractPattern.WithoutNames).OrderBy(static tag => tag, StringComparer.Ordinal)))
        {
            yield break;
        }

        const string Refused = "a read without tags refuses a value that has some";
        yield return key.Tags.Count == 0 ? new ContractFinding(new ContractBreak(TagsName, BreakKind.Throws, before, after, Refused), IsOldReader: false)
            : former.Tags.Count == 0 ? new ContractFinding(new ContractBreak(TagsName, BreakKind.Throws, after, before, Refused), IsOldReader: true)
            : new ContractFinding(new ContractBreak(TagsName, BreakKind.Differs, after, before, "an invalidation does not reach what the others have stored"), IsOldReader: true);

        static string Text(EquatableArray<string> tags) => tags.Count == 0 ? "none" : string.Join(", ", tags);
    }

    // Only values that nobody adds to are compressed.
    private static IEnumerable<ContractFinding> CompareAppends(ContractKey former, ContractKey key)
    {
        if (key.IsAppended && !former.IsAppended && former.Codec is not null)
        {
            yield return new ContractFinding(
                new ContractBreak("the value", BreakKind.Throws, "stored as a whole", "added to", "what is stored may be compressed, and adding to it destroys it"), IsOldReader: false);
        }
    }
}
