using System.Collections;
using System.Reflection;
using MessagePack;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Codecs;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Whatever type of the framework MessagePack's own resolvers know has a codec.</summary>
public sealed class CodecCoverageTests
{
    // Nothing says what the objects are; and a type would be loaded by a name from the payload.
    private static readonly Type[] Refused = [typeof(object[]), typeof(List<object>), typeof(Type)];

    [Theory]
    [InlineData("MessagePack.Internal.BuiltinResolverGetFormatterHelper", 80)]
    [InlineData("MessagePack.Internal.DynamicGenericResolverGetFormatterHelper", 25)]
    [InlineData("MessagePack.ImmutableCollection.ImmutableCollectionGetFormatterHelper", 15)]
    public void Types_which_MessagePack_knows_have_codecs(string resolver, int atLeast)
    {
        var map = typeof(MessagePackSerializer).Assembly.GetType(resolver)!.GetField("FormatterMap", BindingFlags.NonPublic | BindingFlags.Static)!;
        var types = ((IDictionary)map.GetValue(null)!).Keys.Cast<Type>().ToList();
        var compilation = CodecCompilation.Of();
        var parser = new CodecParser(compilation);

        Assert.InRange(types.Count, atLeast, int.MaxValue);
        Assert.Equal(
            types.Intersect(Refused).Select(static type => type.FullName),
            types.Where(type => parser.GetCodec(Symbol(compilation, type), out _) is null).Select(static type => type.FullName));
    }

    // Each type parameter is a string, which can be a key as well.
    private static ITypeSymbol Symbol(Compilation compilation, Type type)
    {
        if (type.IsArray)
        {
            return compilation.CreateArrayTypeSymbol(Symbol(compilation, type.GetElementType()!));
        }

        if (type.IsGenericParameter)
        {
            return compilation.GetSpecialType(SpecialType.System_String);
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var symbol = compilation.GetTypeByMetadataName(definition.FullName!)!;
        return type.IsGenericType ? symbol.Construct([.. type.GetGenericArguments().Select(argument => Symbol(compilation, argument))]) : symbol;
    }
}
