using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MessagePack;
using MessagePack.Resolvers;
using NodaTime;
using TypedCache;
using TypedCache.Values;
using Vogen;
using Xunit;

[assembly: CacheCodec(typeof(Instant), typeof(Runs.InstantCodec))]
[assembly: CacheCodec(typeof(LocalDate), typeof(Runs.LocalDateCodec))]
[assembly: CacheCodec(typeof(Runs.Badge), typeof(Runs.AssemblyBadgeCodec))]

namespace Runs;

// Made by Vogen, which runs beside the generator of the clients.
[ValueObject<int>]
public readonly partial struct CustomerId;

[ValueObject<string>]
public partial class Email
{
    private static Validation Validate(string value) => value.Contains('@') ? Validation.Ok : Validation.Invalid("no address");
}

[ValueObject(typeof(Guid))]
public partial record struct OrderId;

[ValueObject]
public partial record class Rank;

// As StronglyTypedId makes it.
public readonly struct ProductId(Guid value) : IEquatable<ProductId>
{
    public Guid Value { get; } = value;
    public static readonly ProductId Empty = new(Guid.Empty);
    public static ProductId New() => new(Guid.NewGuid());
    public bool Equals(ProductId other) => Value.Equals(other.Value);
    public override bool Equals(object? obj) => obj is ProductId other && Equals(other);
    public override int GetHashCode() => Value.GetHashCode();
    public override string ToString() => Value.ToString();
}

// As F# makes `type Sku = Sku of string` and `[<Struct>] type Row = Row of int`.
[AttributeUsage(AttributeTargets.All)]
public sealed class CompilationMappingAttribute(int flags) : Attribute { public int Flags => flags; }

[CompilationMapping(1)]
public sealed class Sku : IEquatable<Sku>
{
    internal readonly string item;
    internal Sku(string item) => this.item = item;
    public static Sku NewSku(string item) => new(item);
    public string Item => item;
    public int Tag => 0;
    public bool Equals(Sku? other) => other?.item == item;
    public override bool Equals(object? obj) => Equals(obj as Sku);
    public override int GetHashCode() => item.GetHashCode(StringComparison.Ordinal);
}

[CompilationMapping(1)]
public readonly struct Row : IEquatable<Row>
{
    internal readonly int item;
    private Row(int item) => this.item = item;
    public static Row NewRow(int item) => new(item);
    public int Item => item;
    public int Tag => 0;
    public bool Equals(Row other) => other.item == item;
    public override bool Equals(object? obj) => obj is Row other && Equals(other);
    public override int GetHashCode() => item;
}

// Only conversions say what is in it.
public readonly struct Ticket : IEquatable<Ticket>
{
    private readonly long _number;
    private Ticket(long number) => _number = number;
    public static implicit operator Ticket(long number) => new(number);
    public static explicit operator long(Ticket ticket) => ticket._number;
    public bool Equals(Ticket other) => other._number == _number;
    public override bool Equals(object? obj) => obj is Ticket other && Equals(other);
    public override int GetHashCode() => (int)_number;
}

public sealed class Nested
{
    private Nested(Row row) => Value = row;
    public Row Value { get; }
    public static Nested Of(Row row) => new(row);
}

// Formats itself as text alone, and as so much that no first buffer is large enough.
public readonly struct Span(int length) : ISpanFormattable
{
    public bool TryFormat(Span<char> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Assert.Equal(System.Globalization.CultureInfo.InvariantCulture, provider);
        written = destination.Length < length ? 0 : length;
        destination[..written].Fill(format.IsEmpty ? 'ä' : format[0]);
        return written == length;
    }

    public string ToString(string? format, IFormatProvider? provider) => throw new NotSupportedException();
}

public enum Badge { Silver, Gold }

public sealed class InstantCodec : ICacheCodec<Instant>
{
    public void Write(ref ValueWriter writer, Instant value) => writer.WriteInteger(value.ToUnixTimeTicks());
    public Instant Read(in StoredValue stored) => Instant.FromUnixTimeTicks(stored.ReadInteger());
}

public sealed class LocalDateCodec : MessagePackCodec<LocalDate>
{
    protected override void Serialize(ref MessagePackWriter writer, LocalDate value)
    {
        writer.WriteArrayHeader(3);
        writer.Write(value.Year);
        writer.Write(value.Month);
        writer.Write(value.Day);
    }

    protected override LocalDate Deserialize(ref MessagePackReader reader)
    {
        Assert.Equal(3, reader.ReadArrayHeader());
        return new LocalDate(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }
}

public abstract class BadgeCodec(string prefix) : ICacheCodec<Badge>
{
    public void Write(ref ValueWriter writer, Badge value) => writer.WriteText(prefix + value);
    public Badge Read(in StoredValue stored) => Enum.Parse<Badge>(stored.ReadText()[prefix.Length..]);
}

public sealed class AssemblyBadgeCodec() : BadgeCodec("a:");

public sealed class MethodBadgeCodec() : BadgeCodec("m:");

[CacheCodec(typeof(SealCodec))]
public sealed record Seal(string Text);

public sealed class SealCodec : ICacheCodec<Seal>
{
    public void Write(ref ValueWriter writer, Seal value) => writer.WriteRaw(System.Text.Encoding.UTF8.GetBytes(value.Text));
    public Seal Read(in StoredValue stored) => new(System.Text.Encoding.UTF8.GetString(stored.Payload.Span));
}

public sealed class Profile
{
    public CustomerId Id { get; set; }
    public OrderId? Last { get; set; }
    public OrderId? None { get; set; }
    public Email? Mail { get; set; }
    public Email? NoMail { get; set; }
    public Rank Rank { get; set; } = Rank.From(0);
    public List<Sku> Skus { get; set; } = [];
    public Dictionary<CustomerId, Row> Rows { get; set; } = [];
    public (Ticket, Nested) Pair { get; set; }
    public Row[] More { get; set; } = [];
}

// What MessagePackSerializer has to see in the bytes of a Profile.
public sealed class PlainProfile
{
    public int Id { get; set; }
    public Guid? Last { get; set; }
    public Guid? None { get; set; }
    public string? Mail { get; set; }
    public string? NoMail { get; set; }
    public int Rank { get; set; }
    public List<string> Skus { get; set; } = [];
    public Dictionary<int, int> Rows { get; set; } = [];
    public (long, int) Pair { get; set; }
    public int[] More { get; set; } = [];
}

public sealed class Visit
{
    public Instant At { get; set; }
    public Instant? Left { get; set; }
    public LocalDate? Day { get; set; }
    public List<LocalDate> Days { get; set; } = [];
    public Dictionary<string, Instant> Marks { get; set; } = [];
    public Badge Badge { get; set; }
    public (Badge, Instant) Pair { get; set; }
    public Seal? Seal { get; set; }
    public Seal? NoSeal { get; set; }
}

public sealed class PlainVisit
{
    public long At { get; set; }
    public long? Left { get; set; }
    public int[]? Day { get; set; }
    public List<int[]> Days { get; set; } = [];
    public Dictionary<string, long> Marks { get; set; } = [];
    public string Badge { get; set; } = "";
    public (string, long) Pair { get; set; }
    public byte[]? Seal { get; set; }
    public byte[]? NoSeal { get; set; }
}

public sealed class RawCodec : ICacheCodec<byte[]>
{
    public void Write(ref ValueWriter writer, byte[] value) => throw new NotSupportedException();
    public byte[] Read(in StoredValue stored) => stored.Payload.ToArray();
}

[CacheClient("types", Expires = "1h")]
public partial interface IPeoplesTypes
{
    [CacheKey("customer:{id}")] ValueTask SetProfileAsync(CustomerId id, Profile value);
    [CacheKey("customer:{id}")] ValueTask<Profile?> GetProfileAsync(CustomerId id);
    [CacheKey("customer:{ids}")] ValueTask<IReadOnlyDictionary<CustomerId, Profile>> GetProfilesAsync(IReadOnlyList<CustomerId> ids);
    [CacheKey("customer:{ids.Value}")] ValueTask<int> DeleteProfilesAsync(IEnumerable<CustomerId> ids);

    [CacheKey("visit:{id}")] ValueTask SetVisitAsync(int id, Visit value);
    [CacheKey("visit:{id}")] ValueTask<Visit?> GetVisitAsync(int id);

    [CacheKey("whole:{id:N}")] CacheEntry<CustomerId?> Whole(ProductId id);
    [CacheKey("mail:{id}")] CacheEntry<Email> Mail(Email id);
    [CacheKey("sku:{sku}")] CacheEntry<Sku> OfSku(Sku sku);
    [CacheKey("row:{row:X4}")] CacheEntry<Row?> OfRow(Row row);
    [CacheKey("ticket:{ticket}")] CacheEntry<string> OfTicket(Ticket ticket);
    [CacheKey("nested:{nested}")] CacheEntry<string> OfNested(Nested nested);
    [CacheKey("order:{id:D}")] CacheEntry<string> OfOrder(OrderId? id);
    [CacheKey("rank:{rank}:{rank.Value:D5}")] CacheEntry<string> OfRank(Rank rank);
    [CacheKey("span:{a}:{b:x}")] CacheEntry<string> OfSpans(Span a, Span? b);
    [CacheKey("instant:{at:uuuu-MM-ddTHH.mm.ss}")] CacheEntry<Instant?> At(Instant at);
    [CacheKey("badge:{id}")] CacheEntry<Badge?> OfBadge(int id);
    [CacheKey("badge-m:{id}"), CacheCodec(typeof(MethodBadgeCodec))] CacheEntry<Badge?> OfBadgeByMethod(int id);
    [CacheKey("set:{key.Value}")] CacheEntrySet<CustomerId, string> Customers();

    [CacheKey("deep:{profiles.Pair.Item2.Value.Item}:{profiles.Mail.Value.Length:D3}")]
    ValueTask<IReadOnlyDictionary<Profile, int>> GetOrCreateDeepAsync(
        IReadOnlyCollection<Profile> profiles,
        Func<IReadOnlyList<Profile>, System.Threading.CancellationToken, ValueTask<IReadOnlyDictionary<Profile, int>>> create);

    [CacheKey("names:{names.Value}:{suffix}")] ValueTask SetNamesAsync(IReadOnlyDictionary<CustomerId, string> names, string suffix);
    [CacheKey("names:{ids.Value}:{suffix}")] ValueTask<IReadOnlyDictionary<CustomerId, string>> GetNamesAsync(CustomerId[] ids, string suffix);
    [CacheKey("names:{id.Value}:{suffix}")] ValueTask<string?> GetNameAsync(CustomerId id, string suffix);
    [CacheKey("mails:{mails}")] ValueTask<IReadOnlyDictionary<Email, string>> GetMailsAsync(List<Email> mails);

    [CacheKey("numbers:{a}:{b}:{c}:{d}:{at}")] CacheEntry<string> Numbers(decimal a, double b, float c, Half d, DateTimeOffset at);
}

public static class Scenarios
{
    private static readonly Guid Id = new("01234567-89ab-cdef-0123-456789abcdef");

    private static readonly MessagePackSerializerOptions Serializer = ContractlessStandardResolver.Options;

    public static async Task Value_objects_are_stored_as_the_values_inside(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        var profile = SomeProfile();
        await cache.SetProfileAsync(profile.Id, profile);

        var expected = new PlainProfile
        {
            Id = 7, Last = Id, Mail = "a@b", Rank = 3, Skus = ["x", "y"], Rows = { [1] = 2 }, Pair = (5, 6), More = [8],
        };
        var stored = await pool.GetAsync("types:customer:7", new RawCodec());
        Assert.Equal(MessagePackSerializer.Serialize(expected, Serializer), stored);

        var found = (await cache.GetProfileAsync(CustomerId.From(7)))!;
        Assert.Equal((profile.Id, profile.Last, null, profile.Mail, null, profile.Rank), (found.Id, found.Last, found.None, found.Mail, found.NoMail, found.Rank));
        Assert.Equal(profile.Skus, found.Skus);
        Assert.Equal(profile.Rows, found.Rows);
        Assert.Equal(profile.More, found.More);
        Assert.Equal((profile.Pair.Item1, profile.Pair.Item2.Value), (found.Pair.Item1, found.Pair.Item2.Value));
    }

    public static async Task A_stored_value_that_the_factory_refuses_is_not_read(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        var mail = Email.From("a@b");
        await cache.Mail(mail).SetAsync(mail);
        Assert.Equal(mail, await cache.Mail(mail).GetAsync());

        await cache.OfSku(Sku.NewSku("no address")).SetAsync(Sku.NewSku("no address"));
        var stored = await pool.GetAsync("types:sku:no%20address", new RawCodec());
        await pool.SetAsync("types:mail:a@b", stored!, new MessagePackBytes(), CacheExpiry.Never);
        await Assert.ThrowsAsync<CacheValueException>(async () => await cache.Mail(mail).GetAsync());
    }

    public static async Task A_codec_of_the_assembly_counts_inside_other_values_too(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        var at = Instant.FromUnixTimeTicks(17_000_000_000_000_001);
        var visit = new Visit
        {
            At = at,
            Left = at - Duration.FromDays(100_000),
            Day = new LocalDate(2026, 1, 2),
            Days = [new LocalDate(1, 2, 3)],
            Marks = { ["m"] = at },
            Badge = Badge.Gold,
            Pair = (Badge.Silver, at),
            Seal = new Seal("wax"),
        };
        await cache.SetVisitAsync(1, visit);

        var ticks = at.ToUnixTimeTicks();
        var expected = new PlainVisit
        {
            At = ticks,
            Left = visit.Left!.Value.ToUnixTimeTicks(),
            Day = [2026, 1, 2],
            Days = [[1, 2, 3]],
            Marks = { ["m"] = ticks },
            Badge = "a:Gold",
            Pair = ("a:Silver", ticks),
            Seal = "wax"u8.ToArray(),
        };
        Assert.Equal(MessagePackSerializer.Serialize(expected, Serializer), await pool.GetAsync("types:visit:1", new RawCodec()));

        var found = (await cache.GetVisitAsync(1))!;
        Assert.Equal((visit.At, visit.Left, visit.Day, visit.Badge, visit.Pair, visit.Seal, null), (found.At, found.Left, found.Day, found.Badge, found.Pair, found.Seal, found.NoSeal));
        Assert.Equal(visit.Days, found.Days);
        Assert.Equal(visit.Marks, found.Marks);

        await cache.At(at).SetAsync(at);
        Assert.Equal(at, await cache.At(at).GetAsync());
        Assert.Equal(ticks.ToString(), await pool.GetAsync("types:instant:2023-11-14T22.13.20", CacheCodecs.String));
    }

    public static async Task The_nearest_codec_counts(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        await cache.OfBadge(1).SetAsync(Badge.Gold);
        await cache.OfBadgeByMethod(1).SetAsync(Badge.Gold);

        Assert.Equal("a:Gold", await pool.GetAsync("types:badge:1", CacheCodecs.String));
        Assert.Equal("m:Gold", await pool.GetAsync("types:badge-m:1", CacheCodecs.String));
        Assert.Equal(Badge.Gold, await cache.OfBadgeByMethod(1).GetAsync());
    }

    public static Task Keys_show_the_values_inside(MemcachedPool pool)
    {
        Assert.Equal("types:customer:7", IPeoplesTypes.Keys.Profile(CustomerId.From(7)));
        Assert.Equal("types:whole:0123456789abcdef0123456789abcdef", IPeoplesTypes.Keys.Whole(new ProductId(Id)));
        Assert.Equal("types:sku:a%20b", IPeoplesTypes.Keys.OfSku(Sku.NewSku("a b")));
        Assert.Equal("types:row:00FF", IPeoplesTypes.Keys.OfRow(Row.NewRow(255)));
        Assert.Equal("types:ticket:-5", IPeoplesTypes.Keys.OfTicket(-5));
        Assert.Equal("types:nested:9", IPeoplesTypes.Keys.OfNested(Nested.Of(Row.NewRow(9))));
        Assert.Equal($"types:order:{Id}", IPeoplesTypes.Keys.OfOrder(OrderId.From(Id)));
        Assert.Throws<ArgumentNullException>(static () => IPeoplesTypes.Keys.OfOrder(null));
        Assert.Equal("types:rank:3:00003", IPeoplesTypes.Keys.OfRank(Rank.From(3)));
        Assert.Equal("types:span:ää:xxx", IPeoplesTypes.Keys.OfSpans(new Span(2), new Span(3)));
        Assert.Equal(250, System.Text.Encoding.UTF8.GetByteCount(IPeoplesTypes.Keys.OfSpans(new Span(3), new Span(3000))));
        return Task.CompletedTask;
    }

    public static Task Equal_values_have_one_key(MemcachedPool pool)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var key = IPeoplesTypes.Keys.Numbers(1.5m, 0, 0, (Half)0, at);

        Assert.Equal("types:numbers:1.5:0:0:0:2026-01-02T03:04:05.0000000+00:00", key);
        Assert.Equal(key, IPeoplesTypes.Keys.Numbers(1.500m, -0.0, -0.0f, -(Half)0, at.ToOffset(TimeSpan.FromHours(5))));
        return Task.CompletedTask;
    }

    public static async Task Batches_have_the_keys_of_their_items(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        CustomerId[] ids = [CustomerId.From(1), CustomerId.From(2)];
        await cache.SetNamesAsync(new Dictionary<CustomerId, string> { [ids[0]] = "one", [ids[1]] = "two" }, "s");

        Assert.Equal("one", await pool.GetAsync("types:names:1:s", CacheCodecs.String));
        Assert.Equal("two", await cache.GetNameAsync(ids[1], "s"));
        Assert.Equal(["one", "two"], (await cache.GetNamesAsync(ids, "s")).OrderBy(static name => name.Key.Value).Select(static name => name.Value));

        var profile = SomeProfile();
        await cache.SetProfileAsync(profile.Id, profile);
        Assert.Equal(profile.Id, Assert.Single(await cache.GetProfilesAsync([.. ids, profile.Id])).Key);
        Assert.Equal(1, await cache.DeleteProfilesAsync([.. ids, profile.Id]));
        Assert.Equal("types:customer:7", IPeoplesTypes.Keys.Profile(profile.Id));

        await cache.Customers()[ids[0]].SetAsync("first");
        Assert.Equal("first", await pool.GetAsync("types:set:1", CacheCodecs.String));
    }

    public static async Task Batches_have_the_keys_of_what_is_deep_inside_their_items(MemcachedPool pool)
    {
        var cache = pool.CreateClient<IPeoplesTypes>();
        var profile = SomeProfile();
        var created = await cache.GetOrCreateDeepAsync([profile], static (missing, _) => ValueTask.FromResult<IReadOnlyDictionary<Profile, int>>(missing.ToDictionary(static item => item, static _ => 42)));

        Assert.Equal(42, Assert.Single(created).Value);
        Assert.Equal(42, await pool.GetAsync("types:deep:6:003", CacheCodecs.Int32));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await cache.GetMailsAsync([null!]));
    }

    private static Profile SomeProfile() => new()
    {
        Id = CustomerId.From(7),
        Last = OrderId.From(Id),
        Mail = Email.From("a@b"),
        Rank = Rank.From(3),
        Skus = [Sku.NewSku("x"), Sku.NewSku("y")],
        Rows = { [CustomerId.From(1)] = Row.NewRow(2) },
        Pair = (5, Nested.Of(Row.NewRow(6))),
        More = [Row.NewRow(8)],
    };

    private sealed class MessagePackBytes : ICacheCodec<byte[]>
    {
        public void Write(ref ValueWriter writer, byte[] value) => System.Buffers.BuffersExtensions.Write(writer.BeginMessagePack(), value);
        public byte[] Read(in StoredValue stored) => throw new NotSupportedException();
    }
}
