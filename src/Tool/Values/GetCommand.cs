using System.CommandLine;
using System.Text;
using Spectre.Console;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Output;
using TypedCache.Tool.Patterns;
using TypedCache.Tool.Servers;
using TypedCache.Values;

namespace TypedCache.Tool.Values;

/// <summary><c>typedcache get</c>: a value, decoded by the shape that the contract has for its key.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="errors">Where it is told what went wrong.</param>
internal sealed class GetCommand(IAnsiConsole console, ErrorStream errors)
{
    private readonly ClusterOptions _cluster = new();
    private readonly ContractOption _contract = new();
    private readonly Argument<string> _key = new("key") { Description = "the key as the application gives it, without the pool's prefix" };
    private readonly Option<bool> _json = JsonOption.Create();

    public Command Create()
    {
        var command = new Command("get", "Shows the value of a key, decoded by the contract, with its flags, times and lease.") { _key, _contract.Option, _json };
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var contract = _contract.Read(parsed);
        var key = parsed.GetValue(_key)!;
        var pattern = contract is null ? null : new KeyMatcher(contract).Find(Encoding.UTF8.GetBytes(key));
        if (contract is not null && pattern is null)
        {
            errors.WriteLine($"{Keys.ShownKey.Of(Encoding.UTF8.GetBytes(key))} has no pattern of {contract.Assembly}: the value is shown as it is stored.");
        }

        // In the classic protocol a read never takes the lease of a stale value.
        await using var pool = _cluster.Connect(parsed, MemcachedProtocol.Classic);
        try
        {
            return await ShowAsync(pool, key, contract, pattern, parsed.GetValue(_json), cancellationToken);
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException or ServerException)
        {
            errors.WriteLine(exception.Message);
            return ToolCommand.Failed;
        }
    }

    private async Task<int> ShowAsync(
        MemcachedPool pool, string key, ContractFile? contract, KeyPattern? pattern, bool json, CancellationToken cancellationToken)
    {
        // Before the value is read, which counts as an access.
        var location = pool.Locate(key);
        var state = await ItemStateReader.ReadAsync(location, cancellationToken);
        var value = state is null ? default : await pool.GetValueAsync(key, new DecodingCodec(contract, pattern?.Key), cancellationToken);
        if (state is null || !value.Found)
        {
            errors.WriteLine($"{Keys.ShownKey.Of(location.WireKey.Span)} is not stored on {state?.Server.Name ?? location.Servers[0].Name}.");
            return ToolCommand.Failed;
        }

        var item = new FoundItem(location, pattern, await ItemStateReader.WithLeaseAsync(state, location.WireKey, cancellationToken), value.Value!);
        if (json)
        {
            JsonText.Write(console, writer => FoundItemJson.Write(writer, item));
        }
        else
        {
            new FoundItemReport(console).Write(item);
        }

        return item.State.Lease == LeaseState.Placeholder ? ToolCommand.Failed : 0;
    }
}
