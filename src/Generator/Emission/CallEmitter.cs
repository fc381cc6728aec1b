using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the engine's call of a method: that one it is, and its arguments.</summary>
internal static class CallEmitter
{
    /// <summary>The engine's method.</summary>
    public static string Target(MethodModel method) => method.Tagged is null ? PlainTarget(method) : method.Operation switch
    {
        CacheOperation.GetOrCreate => CreateCallEmitter.Target(method),
        _ when method.Arguments.Batch is not null => $"{method.Operation}ManyTaggedAsync",
        CacheOperation.Get when method.Result.WantsCacheValue => "GetTaggedValueAsync",
        _ => $"{method.Operation}TaggedAsync",
    };

    private static string PlainTarget(MethodModel method) => method.Operation switch
    {
        CacheOperation.GetOrCreate => CreateCallEmitter.Target(method),
        CacheOperation.Get when method is { Result.WantsCacheValue: true, Arguments.Batch: not null } => "GetManyValuesAsync",
        _ when method.Arguments.Batch is not null => $"{method.Operation}ManyAsync",
        CacheOperation.Get when method.Result.WantsCacheValue => "GetValueAsync",
        CacheOperation.GetAndTouch when method.Result.WantsCacheValue => "GetValueAndTouchAsync",
        _ => $"{method.Operation}Async",
    };

    /// <summary>Its arguments behind the key, in order.</summary>
    public static IEnumerable<string> Arguments(ClientModel client, MethodModel method)
    {
        var arguments = method.Arguments;
        var all = method.Operation switch
        {
            CacheOperation.Touch => [Lifetime(method)],
            CacheOperation.Increment or CacheOperation.Decrement => Counter(method),
            CacheOperation.GetAndTouch => [Codec(method), Lifetime(method)],
            CacheOperation.Set or CacheOperation.Add or CacheOperation.Replace or CacheOperation.CompareAndSet =>
                [arguments.Value, arguments.Cas, Codec(method), Lifetime(method)],
            CacheOperation.Invalidate => [OptionsEmitter.Time(method.Options.Stale)],
            CacheOperation.Get when method.Tagged is { } tagged =>
                [tagged.Codec, TagEmitter.OptionsField(client, tagged), method.Result.WantsCacheValue ? null : NearEmitter.FieldName(client, method.Options.Near)],
            CacheOperation.Append or CacheOperation.Prepend => [arguments.Value, Codec(method)],
            CacheOperation.Get => [Codec(method), NearEmitter.FieldName(client, method.Options.Near)],
            _ => new[] { Codec(method) },
        };
        return all.Append(Token(method)).Where(static argument => argument is not null)!;
    }

    /// <summary>The expiry as an expression.</summary>
    /// <param name="expiry">The expiry.</param>
    /// <param name="stale">How much longer the value is kept, in seconds.</param>
    public static string Expiry(ExpiryModel expiry, long stale = 0)
    {
        var fixedExpiry = expiry.Seconds is { } seconds ? FixedExpiry(seconds) : $"{RuntimeNames.Code.Expiry}.Never";
        var parameter = expiry.Parameter;
        var expression = expiry.ParameterType switch
        {
            ExpiryParameterType.TimeSpan => $"{RuntimeNames.Code.Expiry}.After({parameter})",
            ExpiryParameterType.NullableTimeSpan => $"{parameter}.HasValue ? {RuntimeNames.Code.Expiry}.After({parameter}.Value) : {fixedExpiry}",
            ExpiryParameterType.CacheExpiry => parameter!,
            ExpiryParameterType.NullableCacheExpiry => $"{parameter} ?? {fixedExpiry}",
            _ => fixedExpiry,
        };
        return expiry.IsNever ? expression : Changed(expression, expiry.Jitter, stale);
    }

    /// <summary>An expiry after some seconds as an expression.</summary>
    public static string FixedExpiry(long seconds) => FormattableString.Invariant($"{RuntimeNames.Code.Expiry}.FromSeconds({seconds})");

    // The near options before it are not always there.
    private static string? Token(MethodModel method) => method is { Operation: CacheOperation.Get, Tagged: not null, Arguments.CancellationToken: { } token }
        ? $"cancellationToken: {token}"
        : method.Arguments.CancellationToken;

    // Values that get-or-create operations find here are stale at the end of their lives, whoever stored them.
    private static string Lifetime(MethodModel method) => Expiry(method.Expiry, method.Options.Stale);

    private static string Changed(string expiry, decimal jitter, long stale)
    {
        var withJitter = jitter == 0 ? "" : $".WithJitter({OptionsEmitter.Jitter(jitter)})";
        var changes = stale == 0 ? withJitter : $"{withJitter}.Extend({OptionsEmitter.Time(stale)})";
        return changes.Length > 0 && expiry.Contains(' ') ? $"({expiry}){changes}" : expiry + changes;
    }

    private static string?[] Counter(MethodModel method) => method.Arguments.Initial is null
        ? [method.Arguments.By]
        : [method.Arguments.By, method.Arguments.Initial, Expiry(method.Expiry)];

    private static string? Codec(MethodModel method) => method.Tagged?.Codec ?? method.Codec?.Expression;
}
