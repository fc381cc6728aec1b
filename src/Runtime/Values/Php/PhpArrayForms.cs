namespace TypedCache.Values.Php;

/// <summary>
/// Which form the arrays of a value take. Arrays in the same place of the structure are of the same type, so they share a
/// form. It is guessed first, and changed if the text or the expected type says otherwise.
/// </summary>
internal sealed class PhpArrayForms
{
    /// <summary>The place of the outermost value.</summary>
    public const ulong Root = 0xCBF29CE484222325;

    // Each change costs another pass over the value; only types that PHP data rarely has need more.
    private const int MaxChanges = 100;
    private const ulong Prime = 0x100000001B3;

    private readonly Dictionary<ulong, PhpArrayForm> _forms = [];
    private readonly Dictionary<long, ulong> _headers = [];
    private readonly Dictionary<long, ulong> _numberKeys = [];
    private int _changes;

    /// <summary>The place of a value below another one. Elements under numbers share a place.</summary>
    public static ulong Below(ulong place, scoped ReadOnlySpan<byte> key)
    {
        foreach (var value in key)
        {
            place = (place ^ value) * Prime;
        }

        return (place ^ (byte)'/') * Prime;
    }

    public PhpArrayForm this[ulong place] => _forms.GetValueOrDefault(place, PhpArrayForm.List);

    /// <summary>Forgets where things were written, for another pass.</summary>
    public void BeginPass()
    {
        _headers.Clear();
        _numberKeys.Clear();
    }

    /// <summary>Remembers where the header of an array was written.</summary>
    public void WroteHeader(long offset, ulong place) => _headers[offset] = place;

    /// <summary>Remembers where a number was written as a key.</summary>
    public void WroteNumberKey(long offset, ulong place) => _numberKeys[offset] = place;

    /// <summary>An array turned out not to be a list.</summary>
    /// <returns>False if there have been too many changes.</returns>
    public bool TryMakeMap(ulong place)
    {
        _forms[place] = PhpArrayForm.Map;
        return ++_changes <= MaxChanges;
    }

    /// <summary>The expected type could not be read at this offset: takes the next form of the array that is there.</summary>
    /// <returns>False if there is no array, or no other form of it.</returns>
    public bool TryChangeAt(long offset)
    {
        if (_numberKeys.TryGetValue(offset, out var place))
        {
            _forms[place] = PhpArrayForm.TextMap;
            return ++_changes <= MaxChanges;
        }

        return _headers.TryGetValue(offset, out place) && this[place] == PhpArrayForm.List && TryMakeMap(place);
    }
}
