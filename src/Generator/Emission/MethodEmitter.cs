using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes one method of a client.</summary>
internal sealed class MethodEmitter(SourceWriter writer, ClientModel client, MethodModel method)
{
    public void Emit()
    {
        writer.Line($"/// <summary>{Summary()}</summary>");
        using var body = writer.Block(MemberText.Signature(method.Result.Type, method.ExplicitInterface, method.Name, method.Parameters));
        MemberText.EmitChecks(writer, method.Arguments.NotNull, method.Arguments.NotNegative);
        if (method is { Tagged: { } tagged, Arguments.Batch: null })
        {
            TagEmitter.EmitList(writer, client, tagged);
        }

        EmitReturn(method.Arguments.Batch is { } batch ? Keys(batch) : Key());
        EmitConversion();
    }

    private string Summary()
    {
        var key = $"<c>{CodeText.Xml(method.Key.Text)}</c>";
        var each = method.Arguments.Batch is { } batch ? $" for each of <c>{CodeText.Xml(batch.Collection)}</c>" : "";
        return method.Operation switch
        {
            CacheOperation.Get => $"Reads {key}{each}.",
            CacheOperation.GetAndTouch => $"Reads {key} and gives it a new expiry.",
            CacheOperation.Set => $"Stores {key}{each}.",
            CacheOperation.Add => $"Stores {key}{each} where there is none.",
            CacheOperation.Replace => $"Stores {key} where there is one.",
            CacheOperation.Append => $"Adds to the end of {key}.",
            CacheOperation.Prepend => $"Adds to the beginning of {key}.",
            CacheOperation.CompareAndSet => $"Stores {key}{each} if it has not changed.",
            CacheOperation.Touch => $"Gives {key}{each} a new expiry.",
            CacheOperation.Exists => $"Tells whether there is a {key}{each}.",
            CacheOperation.Delete => $"Removes {key}{each}.",
            CacheOperation.Increment => $"Adds to the counter {key}.",
            CacheOperation.Decrement => $"Takes from the counter {key}.",
            CacheOperation.GetOrCreate => $"Reads {key}{each}, and creates and stores what is not there.",
            CacheOperation.Invalidate => $"Marks {key} as stale.",
            _ => throw new InvalidOperationException($"The operation {method.Operation} is not known."),
        };
    }

    private IEnumerable<string> Arguments() => method.Create is null ? CallEmitter.Arguments(client, method) : CreateCallEmitter.Arguments(client, method);

    private void EmitReturn(IEnumerable<string> key) =>
        writer.Line($"return {Converted(MemberText.Parenthesized($"{client.PoolName}.{CallEmitter.Target(method)}", [.. key, .. Arguments(), TemplateEmitter.Argument(client, method.Key)]))};");

    private string[] Key()
    {
        var key = KeyEmitter.Bytes(client, method.Key, client.PoolName);
        return method.Tagged is { } tagged ? [key, TagEmitter.Argument(tagged)]
            : method.Index is { } index ? [NearEmitter.EmitTake(writer, client, method, index, key)]
            : [key];
    }

    // What writes the keys of a batch: the items, what all keys share, and how both become a key.
    private IEnumerable<string> Keys(BatchModel batch)
    {
        var (stateType, state) = batch.State switch
        {
            [] => ("int", "0"),
            [var only] => (only.Type, only.Name),
            _ => ($"({string.Join(", ", batch.State.Select(static shared => $"{shared.Type} {shared.Name}"))})",
                $"({string.Join(", ", batch.State.Select(static shared => shared.Name))})"),
        };
        var stateName = batch.State.Count == 0 ? "_" : batch.StateName;
        string[] parameters = [$"{stateType} {stateName}", $"{batch.ItemType} {batch.ItemName}"];
        return
        [
            batch.Collection + (batch.SuppressesNullability ? "!" : ""),
            state,
            "static " + KeyEmitter.Lambda(client, method.Key, batch.WriterName, parameters, method.Key.Parameters.Select(Argument)),
            .. method.Tagged is { } tagged ? new[] { TagEmitter.Lambda(client, tagged, parameters, Argument) } : [],
            KeyEmitter.Policy(client),
        ];

        string Argument(ParameterModel parameter) =>
            batch.State.Count > 1 && parameter.Name != batch.ItemName ? $"{stateName}.{parameter.Name}" : parameter.Name;
    }

    private string Converted(string call)
    {
        var result = method.Result;
        var suppression = result.SuppressesNullability && result.Conversion == ResultConversion.None ? "!" : "";
        return result.Converter is { } name ? $"{name}({call})"
            : result.IsTask ? $"{call}.AsTask(){suppression}"
            : call + suppression;
    }

    private void EmitConversion()
    {
        if (method.Result.Converter is not { } name)
        {
            return;
        }

        const string Awaited = "await pending.ConfigureAwait(false)";
        var expression = method.Result.Conversion switch
        {
            ResultConversion.Discard => Awaited,
            ResultConversion.Stored => $"{Awaited} == {RuntimeNames.Code.Stored}",
            ResultConversion.Signed => $"{RuntimeNames.Code.Counter}.ToSigned({Awaited})",
            ResultConversion.Count => $"({Awaited}).Count",
            _ => method.Result.SuppressesNullability ? $"({Awaited})!" : Awaited,
        };
        writer.Line();
        writer.Line($"{MemberText.Parenthesized($"static async {method.Result.Type} {name}", [$"{RuntimeNames.Code.ValueTask}<{EngineResult()}> pending"])} =>");
        writer.Line($"    {expression};");
    }

    // What the engine gives where that is not what the method returns.
    private string EngineResult() => (method.Operation, method.Arguments.Batch) switch
    {
        (CacheOperation.CompareAndSet, null) => RuntimeNames.Code.CasResult,
        (CacheOperation.Increment or CacheOperation.Decrement, _) => method.Arguments.Initial is null ? "ulong?" : "ulong",
        (_, null) => "bool",
        (CacheOperation.Delete, _) => "int",
        (CacheOperation.Get, { } batch) when method.Result.WantsCacheValue =>
            $"{RuntimeNames.Code.CacheValues}<{batch.ItemType}, {RuntimeNames.Code.CacheValue}<{method.Codec!.ValueType}>>",
        (CacheOperation.Get, { } batch) => $"{RuntimeNames.Code.CacheValues}<{batch.ItemType}, {method.Codec!.ValueType}>",
        (CacheOperation.GetOrCreate, { } batch) => $"{RuntimeNames.Code.Dictionary}<{batch.ItemType}, {method.Codec!.ValueType}>",
        (CacheOperation.CompareAndSet, { } batch) => $"{RuntimeNames.Code.Dictionary}<{batch.ItemType}, {RuntimeNames.Code.CasResult}>",
        (_, { } batch) => $"{RuntimeNames.Code.HashSet}<{batch.ItemType}>",
    };
}
