using System.Reflection;

namespace TypedCache.Testing.Tests;

/// <summary>A version of an application against the one before it.</summary>
public sealed class ContractTests
{
    private readonly Contract _current = Contract.Of(Assembly.GetExecutingAssembly());

    [Fact]
    public void An_assembly_has_a_contract()
    {
        Assert.Equal("TypedCache.Testing.Tests", _current.Assembly);
        Assert.Equal(["php:on:{id}", "shop:product:{id}", "shop:views:{id}"], _current.Keys);
        Assert.Equal("TypedCache.Testing.Tests: php:on:{id}, shop:product:{id}, shop:views:{id}", _current.ToString());
        Assert.Equal(_current.ToJson(), Contract.Parse(_current.ToJson()).ToJson());
        Assert.StartsWith("xunit.v3.assert has no contract", Assert.Throws<ArgumentException>(() => Contract.Of(typeof(Assert).Assembly)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_contract_breaks_nothing()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, _current.ToJson());
        try
        {
            var released = Contract.Read(file);
            Assert.Empty(_current.Compare(released));
            _current.Verify(released);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_changed_type_breaks_what_is_stored()
    {
        var old = Old("\"name\": \"Price\", \"type\": \"int\"", "\"name\": \"Price\", \"type\": \"string\"");

        var failure = Assert.Throws<CacheAssertException>(() => _current.Verify(old));

        var reason = _current.Compare(old)[0].Reason;
        Assert.Equal(
            $$"""
            TypedCache.Testing.Tests cannot take over what is stored: 1 change breaks the contract.

            shop:product:{id} (TypedCache.Testing.Tests.IShopCache)
              Product.Price was 'string' and is 'int'.
              New processes cannot read what is stored: {{reason}}.
              Ways out: Version = 1 on the client; Schema = true on the key; leave it as it was, and add what is new under a new member key; accept it: take the new contract as the old one.
            """,
            failure.Message,
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            [ContractDifferenceKind.NewCannotRead],
            _current.Compare(old).Select(static difference => difference.Kind));
    }

    [Fact]
    public void What_only_old_processes_cannot_read_matters_while_they_run()
    {
        // The version before had a price that was a smaller number.
        var old = Old("\"name\": \"Price\", \"type\": \"int\"", "\"name\": \"Price\", \"type\": \"short\"");

        var difference = Assert.Single(_current.Compare(old));
        Assert.Equal((ContractDifferenceKind.OldCannotRead, "shop:product:{id}", "Product.Price", "short", "int"),
            (difference.Kind, difference.Key, difference.Member, difference.Before, difference.After));
        Assert.Throws<CacheAssertException>(() => _current.Verify(old));
        _current.Verify(old, rollingDeploy: false);
    }

    [Fact]
    public void A_key_that_has_vanished_leaves_its_values_behind()
    {
        var old = Old("shop:views:{id}", "shop:visits:{id}");

        var failure = Assert.Throws<CacheAssertException>(() => _current.Verify(old, rollingDeploy: false));

        Assert.StartsWith(
            "TypedCache.Testing.Tests cannot take over what is stored: 1 change breaks the contract.\n\nshop:visits:{id} (TypedCache.Testing.Tests.IShopCache)\n  the key was 'shop:visits:{id}' and is 'shop:views:{id}'.\n  Values are left behind: its values live on for up to 10m, and nobody reads or deletes them any more.",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_contract_is_refused_with_its_place()
    {
        var failure = Assert.Throws<FormatException>(() => Contract.Parse("{\n  \"format\": 7\n}"));

        Assert.StartsWith("The contract cannot be read at line 1, column 1, because its format is 7", failure.Message, StringComparison.Ordinal);
    }

    private Contract Old(string now, string before)
    {
        var text = _current.ToJson();
        Assert.Contains(now, text, StringComparison.Ordinal);
        return Contract.Parse(text.Replace(now, before, StringComparison.Ordinal));
    }
}
