using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Every value that other clients were recorded to store is read by the dialect of its client, or refused by name.</summary>
public class RecordedReadTests(ITestOutputHelper output)
{
    // How a message says whose it is, by the dialect.
    private static readonly Dictionary<ValueDialect, string[]> Names = new()
    {
        [ValueDialect.Enyim] = ["EnyimMemcachedCore wrote as BSON", "EnyimMemcached wrote by .NET's BinaryFormatter or NetDataContractSerializer"],
        [ValueDialect.EnyimMessagePack] = ["MessagePack"],
        [ValueDialect.Pymemcache] = ["Python wrote by pickle"],
        [ValueDialect.PythonMemcached] = ["Python wrote by pickle"],
        [ValueDialect.Dalli] = ["Ruby wrote by Marshal", "Ruby's dalli wrote it by another serializer than Marshal"],
        [ValueDialect.Spymemcached] = ["a serialized Java object", "nothing that Java's spymemcached writes"],
        [ValueDialect.NodeMemcached] = ["JSON which Node.js wrote"],
        [ValueDialect.Plain] = ["nothing that a client without types of its own writes"],
    };

    [Fact]
    public void Every_recorded_value_is_read_or_refused_by_name()
    {
        var (read, refused, unrecorded) = (0, 0, 0);
        var wrong = new List<string>();
        foreach (var item in RecordedItem.LoadAll())
        {
            if (item.Bytes is not { } bytes)
            {
                unrecorded++;
            }
            else if (IsReadable(item))
            {
                Check(item, bytes, wrong);
                read++;
            }
            else
            {
                CheckRefusal(item, bytes, wrong);
                refused++;
            }
        }

        output.WriteLine($"{read + refused + unrecorded} recorded values of other clients: {read} read, {refused} refused by name, {RecordedWriteTests.Compare().Alike} written alike; of {unrecorded} only the hash was recorded");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal((1004, 225, 43), (read, refused, unrecorded));
    }

    private static bool IsReadable(RecordedItem item) => item switch
    {
        { IsUntyped: true } => item.Flags == 0,
        _ when ReferenceEquals(item.Value, Sample.Other) => false,
        { Mode: "spymemcached whalin" } => item.Id == "date",
        { Mode: "dalli 5.0.6-json" } => false,
        { Id: "s_latin1" } => item.Flags == 0,
        { Value: DateTime } => item.HasDates,
        _ => item.Dialect != ValueDialect.Spymemcached || item.Flags != 1,
    };

    private static void Check(RecordedItem item, byte[] bytes, List<string> wrong)
    {
        // Who stores the text of everything stores nothing but text and bytes.
        var value = item.IsUntyped && item.Value is null or bool or DateTime || ReferenceEquals(item.Value, Sample.Other) ? bytes : item.Value;
        try
        {
            var result = TypedRead.Like(value).Read(new PipelineProbe(item.Dialect), item.Flags, bytes);
            if (!Sample.AreSame(result, value))
            {
                wrong.Add($"{item}: {Sample.Show(result)} for {Sample.Show(value)}");
            }
        }
        catch (CacheValueException exception)
        {
            wrong.Add($"{item}: {exception.Message}");
        }
    }

    private static void CheckRefusal(RecordedItem item, byte[] bytes, List<string> wrong)
    {
        var probe = new PipelineProbe(item.Dialect);
        foreach (var type in TypedRead.All.Where(type => type.Name != "Byte[]" || item.Dialect != ValueDialect.NodeMemcached))
        {
            try
            {
                wrong.Add($"{item} as {type.Name}: {Sample.Show(type.Read(probe, item.Flags, bytes))}");
            }
            catch (CacheValueException exception)
            {
                if (!Array.Exists(Names[item.Dialect], name => exception.Message.Contains(name, StringComparison.Ordinal)))
                {
                    wrong.Add($"{item} as {type.Name}: {exception.Message}");
                }
            }
        }
    }
}
