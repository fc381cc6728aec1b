using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using MessagePack;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Output;
using TypedCache.Tool.Values;

namespace TypedCache.Tool.Tests.Values;

/// <summary>The decoder on bytes that generated codecs have written, and on bytes that nobody has.</summary>
public sealed class ShapeReaderTests
{
    private static readonly ContractFile Contract = ContractSource.Read(ThingContract.Assembly);
    private static readonly ContractType ThingType = Contract.Keys.Single(key => key.Pattern == "things:thing:{id}").Value!;

    public static TheoryData<string, string> Leaves => new()
    {
        { "bool", Text(true) },
        { "sbyte", Text((sbyte)-5) },
        { "byte", Text((byte)200) },
        { "short", Text((short)-5) },
        { "ushort", Text((ushort)50_000) },
        { "uint", Text(uint.MaxValue) },
        { "long", Text(long.MinValue) },
        { "ulong", Text(ulong.MaxValue) },
        { "double", Text(0.1) },
        { "float", Text(0.1f) },
        { "Half", Text((Half)0.5) },
        { "char", Text('x') },
        { "string", Text("text") },
        { "StringBuilder", Text(new StringBuilder("text")) },
        { "Uri", Text(new Uri("https://example.org/")) },
        { "Version", Text(new Version(1, 2, 3)) },
        { "Guid", Text(Guid.Parse("7cb3e7a0-5b61-4b4b-8a4b-3a7d37d9a0de")) },
        { "decimal", Text(12.50m) },
        { "DateOnly", Text(new DateOnly(2026, 1, 31)) },
        { "TimeOnly", Text(new TimeOnly(10, 20, 30)) },
        { "TimeSpan", Text(TimeSpan.FromMinutes(90)) },
        { "Int128", Text(Int128.MinValue) },
        { "UInt128", Text(UInt128.MaxValue) },
        { "BigInteger", Text(BigInteger.Pow(10, 40)) },
        { "Rune", Text(new Rune('ß')) },
        { "byte[]", Text(new byte[] { 1, 0xAB }) },
        { "Vector2", Text(new Vector2(1, 2.5f)) },
        { "Complex", Text(new Complex(1, 2.5)) },
        { "BitArray", Text(new BitArray([true, false])) },
    };

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Each_leaf_is_read(string type, string stored)
    {
        var parts = stored.Split('|');
        var reader = new ShapeReader(Contract);

        var node = reader.Read(Convert.FromHexString(parts[0]), new ContractType.Leaf(type, IsNullable: false));

        Assert.Empty(reader.Misfits);
        Assert.Equal(parts[1], JsonText.Of(json => ValueJson.Write(json, node), indented: false).Trim('"'));
    }

    [Fact]
    public async Task Bytes_that_end_too_early_are_told_wherever_they_end()
    {
        var payload = await StoreAsync(new Thing { Parts = [new Part("leg", 3)], Stock = new Dictionary<string, int> { ["Ulm"] = 4 }, Shape = new Square(1), Hash = [1, 2, 3] });

        for (var length = 0; length < payload.Length; length++)
        {
            var reader = new ShapeReader(Contract);
            var node = reader.Read(payload.AsMemory(0, length), ThingType);

            Assert.IsType<ValueNode.Scalar>(node);
            Assert.Contains(reader.Misfits, misfit => misfit.Reason == "the bytes end too early");
        }
    }

    [Fact]
    public async Task Any_bytes_are_shown_somehow()
    {
        var payload = await StoreAsync(new Thing { Parts = [new Part("leg", 3)], Shape = new Square(1) });
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = payload.ToArray();
            for (var change = 0; change < 1 + (i % 5); change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reader = new ShapeReader(Contract);
            var node = reader.Read(bytes, ThingType);

            Assert.NotEmpty(JsonText.Of(json => ValueJson.Write(json, node), indented: false));
        }
    }

    [Fact]
    public void Values_that_are_nested_too_deeply_or_too_long_are_shown_as_bytes()
    {
        var nested = new ShapeReader(Contract);
        var many = new ShapeReader(Contract);

        Assert.StartsWith("0x9191", Assert.IsType<ValueNode.Scalar>(nested.Read(Enumerable.Repeat((byte)0x91, 10_000).ToArray(), ThingType)).Text, StringComparison.Ordinal);
        Assert.Equal("it is nested too deeply", Assert.Single(nested.Misfits).Reason);

        // An array that says that it has 4,294,967,295 elements.
        Assert.Equal("0xDDFFFFFFFF", Assert.IsType<ValueNode.Scalar>(many.Read(new byte[] { 0xDD, 0xFF, 0xFF, 0xFF, 0xFF }, ThingType)).Text);
        Assert.NotEmpty(many.Misfits);
    }

    [Fact]
    public async Task What_stands_behind_a_value_is_told()
    {
        var payload = await StoreAsync(new Thing());
        var reader = new ShapeReader(Contract);

        reader.Read(payload.Concat(new byte[3]).ToArray(), ThingType);

        Assert.Equal("behind the value there are 3 bytes more", Assert.Single(reader.Misfits).Reason);
    }

    private static async Task<byte[]> StoreAsync(Thing thing)
    {
        await using var pool = MemcachedPool.InMemory();
        await pool.CreateClient<IThingCache>().SetThingAsync(1, thing);
        return (await pool.GetItemAsync("things:thing:1", 0, static (in item, _) => item.Payload.ToArray())).Value!;
    }

    // The bytes in hexadecimal digits, and how they are shown in JSON.
    private static string Text<T>(T value)
    {
        var bytes = MessagePackSerializer.Serialize(value);
        var shown = value switch
        {
            byte[] => "0x01AB",
            Vector2 or Complex => "[1,2.5]",
            BitArray => "[true,false]",
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
            bool word => word ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
        return $"{Convert.ToHexString(bytes)}|{shown}";
    }
}
