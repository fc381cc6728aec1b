using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;
using TypedCache.Generator.Tests.Testing;
using TypedCache.Values;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>
/// Many stored types in one assembly, with the codecs that are generated for them. One writes through its client into an embedded server,
/// and another one reads the same bytes through its own.
/// </summary>
internal sealed class SpecAssembly : IAsyncDisposable
{
    private static readonly PayloadCodec Payload = new();

    private readonly MemcachedPool _pool = MemcachedPool.InMemory();
    private readonly Assembly _assembly;
    private readonly List<ContractFile> _contracts;

    public SpecAssembly(IReadOnlyList<Spec.Item> specs)
    {
        var sources = specs.Select((spec, index) => SpecSource.Of(Name(index), spec));
        var compilation = TestCompilation.Create(SpecSource.Usings + string.Join("\n", sources));
        var run = GeneratorRun.Of(compilation);
        Assert.True(run.ContractSource is not null, string.Join("\n", run.ContractSource is null ? run.Problems : []));
        _assembly = new AssemblyLoadContext("Specs").LoadFromStream(run.EmitImage());
        var all = ContractFile.Parse(run.Contract, out var mistake);
        Assert.Null(mistake);
        _contracts = [.. specs.Select((_, index) => ContractOf(all!, Name(index) + "."))];
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <summary>What the comparison says of values that one type writes and another reads.</summary>
    public Verdict Predict(int writer, int reader, out string reasons)
    {
        var breaks = ContractComparison.CompareValues(_contracts[writer], _contracts[writer].Keys[0], _contracts[reader], _contracts[reader].Keys[0]).ToList();
        reasons = string.Join("; ", breaks);
        return breaks.Count == 0 ? Verdict.Fine : breaks.TrueForAll(static found => found.Kind == BreakKind.Null) ? Verdict.Null : Verdict.Broken;
    }

    /// <summary>Stores the samples of a type, and gives them with their bytes.</summary>
    public async Task<IReadOnlyList<(object Value, byte[] Bytes)>> WriteAsync(int writer)
    {
        var samples = (object[])Call(writer, "Samples")!;
        var written = new List<(object, byte[])>();
        for (var slot = 0; slot < samples.Length; slot++)
        {
            await (Task)Call(writer, "SetAsync", _pool, slot, samples[slot])!;
            written.Add((samples[slot], (await _pool.GetAsync(Key(writer, slot), Payload))!));
        }

        return written;
    }

    /// <summary>What really happens where a type reads the samples that another one has stored.</summary>
    public async Task<(Verdict Worst, string What)> ReadAsync(int reader, IReadOnlyList<(object Value, byte[] Bytes)> written)
    {
        var (worst, what) = (Verdict.Fine, "");
        for (var slot = 0; slot < written.Count && worst != Verdict.Broken; slot++)
        {
            await _pool.SetAsync(Key(reader, slot), written[slot].Bytes, Payload);
            var (verdict, reason) = await ReadAsync(reader, slot, written[slot].Value);
            (worst, what) = verdict > worst ? (verdict, reason) : (worst, what);
        }

        return (worst, what);
    }

    private async Task<(Verdict Verdict, string Reason)> ReadAsync(int reader, int slot, object written)
    {
        try
        {
            var read = await (Task<object?>)Call(reader, "GetAsync", _pool, slot)!;
            return (Meaning.Compare(written, read), $"sample {slot}");
        }
        catch (CacheValueException exception)
        {
            return (Verdict.Broken, $"sample {slot}: {exception.Message}");
        }
    }

    // The shapes of one namespace, called as if all were in the same one.
    private static ContractFile ContractOf(ContractFile all, string space)
    {
        var own = all with { Keys = new(all.Keys.Where(key => key.Client.StartsWith(space, StringComparison.Ordinal))), Types = new(all.Types.Where(type => type.Name.StartsWith(space, StringComparison.Ordinal))) };
        var contract = ContractFile.Parse(own.ToJson().Replace(space, "", StringComparison.Ordinal).Replace($"{space[..^1]}:", "", StringComparison.Ordinal).Replace($"\"{space[..^1]}\"", "\"\"", StringComparison.Ordinal), out var mistake);
        Assert.Null(mistake);
        return contract!;
    }

    private object? Call(int spec, string method, params object[] arguments) =>
        _assembly.GetType($"{Name(spec)}.Harness")!.GetMethod(method)!.Invoke(null, arguments);

    private static string Key(int spec, int slot) => string.Create(CultureInfo.InvariantCulture, $"{Name(spec)}:{slot}");

    private static string Name(int spec) => string.Create(CultureInfo.InvariantCulture, $"N{spec:0000}");
}
