namespace TypedCache.Values.Php;

/// <summary>
/// Which form the arrays of a value take. Arrays in the same place of the structure are of the same type, so they share a
/// form. The text says which of them cannot be lists; for the others a form is guessed, and changed if the expected type says otherwise.
/// </summary>
/// <remarks>
/// Each change costs another pass over the value. The first ones change a single place. Where they go on, places of which nothing is
/// known take the form that was right for the last one of their name or depth: a dictionary of a thousand dictionaries, each under its
/// own name, takes no more passes than one of ten.
/// </remarks>
internal sealed class PhpArrayForms
{
    // Only types that PHP data rarely has need more.
    private const int MaxChanges = 100;
    private const int ChangesBeforeGuesses = 8;

    private readonly Dictionary<ulong, PhpArrayForm> _forms = [];
    private readonly Dictionary<ulong, PhpArrayForm> _guesses = [];
    private readonly Dictionary<ulong, PhpArrayForm> _refused = [];
    private readonly PhpPlaceLog _headers = new();
    private readonly PhpPlaceLog _numberKeys = new();
    private int _changes;

    /// <summary>The form of the arrays at a place.</summary>
    public PhpArrayForm this[in PhpPlace place]
    {
        get
        {
            if (_forms.TryGetValue(place.Path, out var form))
            {
                return form;
            }

            form = _guesses.Count == 0 ? PhpArrayForm.List : GuessedAt(place);
            return form == PhpArrayForm.List && (RefusedAt(place) & PhpArrayForm.List) != 0 ? PhpArrayForm.Map : form;
        }
    }

    /// <summary>Forgets where things were written, for another pass.</summary>
    public void BeginPass()
    {
        _headers.Clear();
        _numberKeys.Clear();
    }

    /// <summary>Remembers where the header of an array was written.</summary>
    public void WroteHeader(long offset, in PhpPlace place) => _headers.Add(offset, place);

    /// <summary>Remembers where a number was written as a key.</summary>
    public void WroteNumberKey(long offset, in PhpPlace place) => _numberKeys.Add(offset, place);

    /// <summary>The text says that an array is not a list. This is no guess, and counts as no change.</summary>
    public void RefuseList(in PhpPlace place) => _refused[place.Path] = RefusedAt(place) | PhpArrayForm.List;

    /// <summary>The expected type could not be read at this offset: takes the next form of the array that is there.</summary>
    /// <returns>False if there is no array, or no other form of it, or there have been too many changes.</returns>
    public bool TryChangeAt(long offset)
    {
        PhpArrayForm next;
        if (_numberKeys.TryFind(offset, out var place))
        {
            next = this[place] == PhpArrayForm.Map ? PhpArrayForm.TextMap : PhpArrayForm.Map;
        }
        else if (_headers.TryFind(offset, out place))
        {
            next = this[place] == PhpArrayForm.List ? PhpArrayForm.Map : PhpArrayForm.List;
        }
        else
        {
            return false;
        }

        // A form that was refused is not tried again, so that this comes to an end.
        var refused = RefusedAt(place) | this[place];
        if ((refused & next) != 0 || ++_changes > MaxChanges)
        {
            return false;
        }

        Learn(offset);
        _refused[place.Path] = refused;
        _forms[place.Path] = next;
        if (_changes >= ChangesBeforeGuesses)
        {
            Guess(place, next);
            _guesses[place.AtDepth] = next;
        }

        return true;
    }

    private PhpArrayForm RefusedAt(in PhpPlace place) => _refused.GetValueOrDefault(place.Path, PhpArrayForm.None);

    // What was read before stays as it is, whatever is guessed from now on.
    private void Learn(long offset)
    {
        if (_changes < ChangesBeforeGuesses)
        {
            return;
        }

        var read = _headers.Before(offset);
        foreach (ref readonly var place in read)
        {
            _forms.TryAdd(place.Path, this[place]);
        }

        foreach (ref readonly var place in read)
        {
            Guess(place, _forms[place.Path]);
        }
    }

    private PhpArrayForm GuessedAt(in PhpPlace place) =>
        _guesses.TryGetValue(place.NameAtDepth, out var form) || _guesses.TryGetValue(place.Name, out form) || _guesses.TryGetValue(place.AtDepth, out form)
            ? form
            : PhpArrayForm.List;

    private void Guess(in PhpPlace place, PhpArrayForm form)
    {
        _guesses[place.NameAtDepth] = form;
        _guesses[place.Name] = form;
    }
}
