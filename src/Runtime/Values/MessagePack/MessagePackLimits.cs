using System.ComponentModel;
using System.Runtime.CompilerServices;
using MessagePack;

namespace TypedCache.Values;

/// <summary>
/// What generated codecs call before they go one level deeper, so that neither hostile bytes nor a value that contains
/// itself can exhaust the stack. Called by generated code.
/// </summary>
/// <remarks>
/// Counts need no check here: <see cref="MessagePackReader.ReadArrayHeader"/> and <see cref="MessagePackReader.ReadMapHeader"/>
/// refuse a header that announces more elements than there are bytes left, so that no collection is
/// allocated for missing elements.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MessagePackLimits
{
    /// <summary>How many levels of objects and collections a stored value may have: 500, which is MessagePack's own limit.</summary>
    public const int MaximumDepth = 500;

    /// <summary>Enters one level of a payload. The codec leaves it by <c>reader.Depth--</c>; a failed read abandons the reader.</summary>
    /// <param name="reader">The reader, before an object or a collection.</param>
    /// <exception cref="MessagePackSerializationException">More than <see cref="MaximumDepth"/> levels, or too little stack for one more.</exception>
    public static void EnterLevel(ref MessagePackReader reader)
    {
        if (reader.Depth >= MaximumDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new MessagePackSerializationException($"The payload has more levels than can be read; the limit is {MaximumDepth}.");
        }

        reader.Depth++;
    }

    /// <summary>Called before a value whose type can contain itself is written.</summary>
    /// <exception cref="MessagePackSerializationException">Too little stack for one more level.</exception>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new MessagePackSerializationException("The value is nested too deeply to be written. Does it contain itself?");
        }
    }

    /// <summary>The exception for an array whose length is fixed by its type, such as a tuple, but differs in the payload.</summary>
    /// <param name="type">What was to be read.</param>
    /// <param name="expected">The length that the type has.</param>
    /// <param name="found">The length in the payload.</param>
    public static MessagePackSerializationException WrongLength(string type, int expected, int found) =>
        new($"{type} is an array of {expected} elements, but the payload has {found}.");

    /// <summary>Checks that the lengths of an array of several dimensions fit the number of its elements, before it is allocated.</summary>
    /// <param name="count">The elements in the payload.</param>
    /// <param name="lengths">The lengths in the payload.</param>
    /// <exception cref="MessagePackSerializationException">The lengths do not multiply to the count, or no array can have them.</exception>
    public static void CheckGrid(int count, params ReadOnlySpan<int> lengths)
    {
        var product = 1L;
        foreach (var length in lengths)
        {
            product *= length;
            if (length < 0 || product > int.MaxValue)
            {
                throw new MessagePackSerializationException($"An array cannot have the dimensions {string.Join(" x ", lengths.ToArray())}.");
            }
        }

        if (product != count)
        {
            throw new MessagePackSerializationException($"An array has {count} elements, but its dimensions multiply to another number.");
        }
    }
}
