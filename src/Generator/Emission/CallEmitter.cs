using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the engine's call of a method: which one it is, and its arguments.</summary>
internal static class CallEmitter
{
    /// <summary>The engine's method.</summary>
    public static string Target(MethodModel method) => method.Operation switch
    {
        CacheOperation.Get when method.Result.WantsCacheValue => "GetValueAsync",
        CacheOperation.GetOrCreate => CreateCallEmitter.Target(method),
        CacheOperation.GetAndTouch when method.Result.WantsCacheValue => "GetValueAndTouchAsync",
        _ when method.Arguments.Batch is not null => $"{method.Operation}ManyAsync",
        _ => $"{method.Operation}Async",
    };

    /// <summary>Its arguments behind the key, in order.</summary>
    public static IEnumerable<string> Arguments(MethodModel method)
    {
        var arguments = method.Arguments;
        var all = method.Operation switch
        {
            CacheOperation.Touch => [Expiry(method.Expiry)],
            CacheOperation.Increment or CacheOperation.Decrement => Counter(method),
            CacheOperation.GetAndTouch => [Codec(method), Expiry(method.Expiry)],
            CacheOperation.Set or CacheOperation.Add or CacheOperation.Replace or CacheOperation.CompareAndSet =>
                [arguments.Value, arguments.Cas, Codec(method), Expiry(method.Expiry)],
            CacheOperation.Invalidate => [OptionsEmitter.Time(method.Options.Stale)],
            CacheOperation.Append or CacheOperation.Prepend => [arguments.Value, Codec(method)],
            _ => new[] { Codec(method) },
        };
        return all.Append(arguments.CancellationToken).Where(static argument => argument is not null)!;
    }

    /// <summary>The expiry as an expression.</summary>
    public static string Expiry(ExpiryModel expiry)
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
        return expiry.Jitter == 0 || (expiry.Seconds is null && parameter is null) ? expression : WithJitter(expression, expiry.Jitter);
    }

    /// <summary>An expiry after some seconds as an expression.</summary>
    public static string FixedExpiry(long seconds) => FormattableString.Invariant($"{RuntimeNames.Code.Expiry}.FromSeconds({seconds})");

    private static string WithJitter(string expiry, decimal jitter)
    {
        var operand = expiry.Contains(' ') ? $"({expiry})" : expiry;
        return $"{operand}.WithJitter({OptionsEmitter.Jitter(jitter)})";
    }

    private static string?[] Counter(MethodModel method) => method.Arguments.Initial is null
        ? [method.Arguments.By]
        : [method.Arguments.By, method.Arguments.Initial, Expiry(method.Expiry)];

    private static string? Codec(MethodModel method) => method.Codec?.Expression;
}
