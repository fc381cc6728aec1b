namespace TypedCache.Near;

/// <summary>A place of a <see cref="NearIndex{TArguments, T}"/>: arguments, and the value that they stand for. All but reading needs the near cache's lock.</summary>
internal sealed class NearSlot<TArguments, T>(NearSlot<TArguments, T>?[] slots, TArguments arguments, NearValue<T> value) : INearPlace
{
    private int _position;

    public NearSlot<TArguments, T>?[] Slots => slots;

    public TArguments Arguments => arguments;

    public NearValue<T> Value => value;

    /// <summary>Takes a place. The value leaves the one that it had, in this index or another.</summary>
    public void Enter(int position)
    {
        value.Place?.Leave();
        value.Place = this;
        _position = position;
        Volatile.Write(ref slots[position], this);
    }

    /// <summary>Takes another place.</summary>
    public void MoveTo(int position)
    {
        Leave();
        Enter(position);
    }

    /// <inheritdoc/>
    public void Leave()
    {
        value.Place = null;
        if (slots[_position] == this)
        {
            Volatile.Write(ref slots[_position], null);
        }
    }
}
