using TypedCache.Protocol;

namespace TypedCache.Tests.Protocol;

/// <summary>What messages call a request.</summary>
public class RequestDescriptionTests
{
    [Theory]
    [InlineData(nameof(Verb.Get), "k", "Get 'k'")]
    [InlineData(nameof(Verb.GetNear), "k", "Get 'k'")]
    [InlineData(nameof(Verb.GetItem), "k", "GetItem 'k'")]
    [InlineData(nameof(Verb.InspectItem), "k", "GetItemInfo 'k'")]
    [InlineData(nameof(Verb.GetOrLease), "k", "GetOrCreate 'k'")]
    [InlineData(nameof(Verb.Release), "k", "GetOrCreate 'k'")]
    [InlineData(nameof(Verb.Version), "", "Version")]
    public void A_request_is_named_as_the_caller_knows_it(string verb, string key, string expected) =>
        Assert.Equal(expected, Describe(new Request(), Enum.Parse<Verb>(verb), key));

    [Fact]
    public void A_command_to_a_server_is_named_with_its_argument() =>
        Assert.Equal("Stats 'items'", Describe(new Request { Argument = "items" }, Verb.Stats, ""));

    [Theory]
    [InlineData(nameof(Verb.GetBatch), 1, "GetMany of 1 key")]
    [InlineData(nameof(Verb.GetOrLeaseBatch), 3, "GetOrCreateMany of 3 keys")]
    public void A_batch_has_a_number_of_keys_and_not_an_empty_one(string verb, int count, string expected)
    {
        var keys = new KeyList();
        for (var i = 0; i < count; i++)
        {
            keys.Add("k"u8);
        }

        Assert.Equal(expected, Describe(new Request { Keys = keys }, Enum.Parse<Verb>(verb), ""));
    }

    private static string Describe(Request request, Verb verb, string key)
    {
        request.Begin(verb, System.Text.Encoding.UTF8.GetBytes(key), opaque: 0);
        return request.Description;
    }
}
