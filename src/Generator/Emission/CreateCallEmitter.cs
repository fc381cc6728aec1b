using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the engine's call of a method that creates missing values.</summary>
internal static class CreateCallEmitter
{
    /// <summary>The engine's method.</summary>
    public static string Target(MethodModel method) =>
        "GetOrCreate"
        + (method.Arguments.Batch is not null ? "Many" : "")
        + (method.Tagged is not null ? "Tagged" : "")
        + (method.Create!.GivesItem ? "Item" : "")
        + "Async";

    /// <summary>Its arguments behind the key, or what writes the keys, in order.</summary>
    public static IEnumerable<string> Arguments(ClientModel client, MethodModel method)
    {
        foreach (var argument in Function(method, method.Create!, method.Result.SuppressesNullability ? "!" : ""))
        {
            yield return argument;
        }

        yield return method.Tagged?.Codec ?? method.Codec!.Expression;
        yield return OptionsEmitter.FieldName(client, method.Options);
        if (method.Tagged is { } tagged)
        {
            yield return TagEmitter.OptionsField(client, tagged);
        }

        if (method.Expiry.Parameter is { } expires)
        {
            yield return expires;
        }

        if (method.Arguments.CancellationToken is { } token)
        {
            yield return method.Expiry.Parameter is null ? $"cancellationToken: {token}" : token;
        }
    }

    // What the function takes is passed beside it, so that no call makes a closure; several things as a tuple.
    // The codec's type is never annotated; what the function gives can be.
    private static IEnumerable<string> Function(MethodModel method, CreateModel create, string suppression) => create.Arguments switch
    {
        [] => [create.Function + suppression],
        [var only] => [only, create.Function + suppression],
        var all => [Tuple(all.Append(create.Function)), Lambda(method, create, suppression)],
    };

    private static string Lambda(MethodModel method, CreateModel create, string suppression)
    {
        var (state, token) = (create.StateName, create.TokenName);
        return MemberText.Lambda(
            $"static ({state}, {token})",
            [
                $"{Tuple(Variables(method, create))} = {state};",
                $"return {create.Function}({string.Join(", ", create.Locals.Append(token))}){suppression};",
            ]);
    }

    // Each with its type: a project can have a type that is called var.
    private static IEnumerable<string> Variables(MethodModel method, CreateModel create) =>
        create.Arguments.Zip(create.Locals, (argument, local) => $"{TypeOf(method, argument)} {local}")
            .Append($"{TypeOf(method, create.Function)} {create.Function}");

    private static string TypeOf(MethodModel method, string parameter) => method.Parameters.First(other => other.Name == parameter).Type;

    private static string Tuple(IEnumerable<string> items) => $"({string.Join(", ", items)})";
}
