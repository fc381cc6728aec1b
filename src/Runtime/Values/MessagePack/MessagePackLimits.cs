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
    /// <summary>
    /// How many levels of objects and collections that can contain each other a value may have: 500, which is MessagePack's own limit.
    /// </summary>
    public const int MaximumDepth = 500;

    // Whatever is written can be read: levels of types that cannot contain themselves are not counted in writing. The generator counts
    // all where there are more types than this leaves room for (CodecParser.ManyCodecs).
    private const int MaximumReadDepth = 2 * MaximumDepth;

    [ThreadStatic]
    private static int _written;

    /// <summary>Enters one level of a payload. The codec leaves it by <c>reader.Depth--</c>; a failed read abandons the reader.</summary>
    /// <param name="reader">The reader, before an object or a collection.</param>
    /// <exception cref="MessagePackSerializationException">More than twice <see cref="MaximumDepth"/> levels, or too little stack for one more.</exception>
    public static void EnterLevel(ref MessagePackReader reader)
    {
        if (reader.Depth >= MaximumReadDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new MessagePackSerializationException($"The payload has more levels than can be read; the limit is {MaximumReadDepth}.");
        }

        reader.Depth++;
    }

    /// <summary>Enters one level of a value whose type can contain itself. The codec leaves it by <see cref="LeaveLevel"/>, also if it fails.</summary>
    /// <exception cref="MessagePackSerializationException">More than <see cref="MaximumDepth"/> levels, or too little stack for one more.</exception>
    public static void EnterLevel()
    {
        EnsureStack();
        if (_written >= MaximumDepth)
        {
            throw new MessagePackSerializationException(
                $"The value has more levels of objects and collections than can be read again; the limit is {MaximumDepth}. Does it contain itself?");
        }

        _written++;
    }

    /// <summary>Leaves a level of a value that is written.</summary>
    public static void LeaveLevel() => _written--;

    /// <summary>Called before a value is written whose type can contain itself but adds no level.</summary>
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
