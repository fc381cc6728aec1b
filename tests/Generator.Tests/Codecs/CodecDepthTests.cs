using CsCheck;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Types linked deeper than the call stack of a compiler is.</summary>
public sealed class CodecDepthTests
{
    // As deep as MessagePackSerializer reads by default, with a list on each other level.
    private const int Levels = 330;

    private const int Linked = 1_000;

    private const int Many = 8_000;

    [Fact]
    public void A_chain_of_types_has_the_bytes_of_MessagePackSerializer()
    {
        var probe = Assert.Single(CodecCompilation.LoadSource(Chain(Levels)));

        probe.Compare(1);
        Assert.InRange(Assert.Single(probe.Payloads(1)).Length, Levels, int.MaxValue);
    }

    [Fact]
    public void A_thousand_linked_types_compile()
    {
        var types = string.Concat(Enumerable.Range(0, Linked).Select(static level =>
            $"public sealed class L{level} {{ public int Id {{ get; set; }} public {(level + 1 == Linked ? "string" : level % 2 == 0 ? $"L{level + 1}" : $"List<L{level + 1}>")}? Next {{ get; set; }} }}\n"));
        var run = GeneratorRun.Of(Client("[CacheKey(\"p:{id}\", Schema = true)] CacheEntry<L0> Deep(int id);") + types);

        run.AssertCompiles();
    }

    // What all of these are is a matter of a moment; what took the square of their number would take minutes.
    [Fact]
    public void A_ring_of_thousands_of_types_is_recursive_and_no_other_is()
    {
        var types = string.Concat(Enumerable.Range(0, Many).Select(static level => $"public class L{level} {{ public L{(level + 1) % Many}? Next {{ get; set; }} }}\n"));
        var compilation = CodecCompilation.Of(types + "public class T { public L0? First { get; set; } } public class U { public U? Self { get; set; } public V? Other { get; set; } } public class V { public int Id { get; set; } }");
        var ring = new CodecParser(compilation);
        var small = new CodecParser(compilation);

        Assert.NotNull(ring.GetCodec(compilation.GetTypeByMetadataName("T")!, out _));
        Assert.Equal(Many + 1, ring.Codecs.Count);
        Assert.NotNull(small.GetCodec(compilation.GetTypeByMetadataName("U")!, out _));
        Assert.Equal([("UCodec", true), ("VCodec", false)], small.Codecs.Select(static codec => (codec.Name, codec.IsRecursive)));
    }

    private static string Chain(int levels)
    {
        var types = string.Concat(Enumerable.Range(0, levels).Select(level =>
            $"public sealed class L{level} {{ public int Id {{ get; set; }} public {(level + 1 == levels ? "string" : level % 2 == 0 ? $"L{level + 1}" : $"List<L{level + 1}>")}? Next {{ get; set; }} }}\n"));
        var values = string.Concat(Enumerable.Range(0, levels - 1).Reverse().Select(static level =>
            $"var l{level} = new L{level} {{ Id = {level}, Next = {(level % 2 == 0 ? $"l{level + 1}" : $"[l{level + 1}]")} }};\n"));
        return $$"""
            namespace Shapes;
            {{types}}
            public static class Samples
            {
                public static Gen<L0> Chain { get; } = Gen.Const(Make());
                private static L0 Make()
                {
                    var l{{levels - 1}} = new L{{levels - 1}} { Id = 1, Next = "end" };
                    {{values}}
                    return l0;
                }
            }
            """;
    }
}
