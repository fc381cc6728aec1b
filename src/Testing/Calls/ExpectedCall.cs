namespace TypedCache.Testing;

/// <summary>A call as a test writes it: <c>get shop:product:*</c>.</summary>
/// <param name="Kind">What is asked; null: a store of any kind.</param>
/// <param name="Keys">The keys.</param>
internal sealed record ExpectedCall(CallKind? Kind, string Keys)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static ExpectedCall Read(string text)
    {
        var words = text.Split(' ');
        if (words is ["store", var stored])
        {
            return new ExpectedCall(null, stored);
        }

        return words is [var kind, var keys] && Enum.TryParse<CallKind>(kind, ignoreCase: true, out var known) && !char.IsAsciiDigit(kind[0])
            ? new ExpectedCall(known, keys)
            : throw new ArgumentException(
                $"'{text}' is not a call. Write its kind and its keys, such as 'get shop:product:*'; kinds are store, {string.Join(", ", Enum.GetNames<CallKind>()).ToLowerInvariant()}.", nameof(text));
    }

    public bool Fits(RecordedCall call) =>
        KeyPattern.Fits(Keys, call.Key) && (Kind is { } kind ? call.Kind == kind : RecordedCall.IsStore(call.Kind));
}
