using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Reads how a method keeps its values, and checks that this fits to what it does.</summary>
internal sealed class MethodOptions(ClientContext context, IMethodSymbol method, AttributeReader attribute, CacheOperation operation)
{
    private readonly OptionsParser _parser = new(context, method.Name, attribute);
    private readonly NearParser _near = new(context, method.Name, attribute);

    /// <summary>For how long the method keeps values, once they are read; null for one that does not keep any, or goes past them on purpose.</summary>
    public NearModel? Near { get; private set; }

    /// <summary>The options.</summary>
    /// <param name="roles">The method's parameters.</param>
    /// <param name="parsed">Its result.</param>
    /// <param name="create">Its function that creates missing values, if it has one.</param>
    /// <param name="codec">The codec of its value, if it has one.</param>
    public OptionsModel Read(ParameterRoles roles, ParsedReturn parsed, CreateModel? create, CodecReference? codec)
    {
        var options = _parser.Parse();
        if (_parser.HasMistakes)
        {
            return options;
        }

        var near = Operations.UsesNear(operation, parsed.WantsCacheValue) ? ReadNear(options, roles, parsed.Value!, codec) : null;
        options = options with { Near = near ?? NearModel.None };
        var used = Operations.Options(operation, parsed.CreatesCounter, near);
        _parser.ReportUnused(parsed.WantsCacheValue ? $"{operation} with CAS numbers" : operation.ToString(), used);
        if (roles.Expiry is null && options.Expires is null && create is not { GivesItem: true })
        {
            ReportNeverExpires(used);
        }

        if (operation == CacheOperation.Invalidate && options.Stale == 0)
        {
            _parser.ReportNoStale(context.LocationOf(method), $"'{method.Name}' marks a value as stale");
        }

        return create is null ? options : _parser.CheckCreating(options, parsed.Value!, codec);
    }

    // An expiry that is passed is known only when the method is called.
    private NearModel ReadNear(OptionsModel options, ParameterRoles roles, ITypeSymbol value, CodecReference? codec)
    {
        var expires = roles.Expiry is null ? options.Expires : null;
        Near = _near.Agreed(options.Near);
        return _near.Parse(options, expires, value, codec, Signature.ReturnLocation(context, method));
    }

    private void ReportNeverExpires(IReadOnlyCollection<string> used)
    {
        var rule = operation switch
        {
            CacheOperation.GetOrCreate => Rules.CreatedForEver,
            _ when Operations.NeedsExpiry(operation) => Rules.NoExpiry,
            _ => null,
        };
        if (rule is not null)
        {
            context.Diagnostics.Report(rule, context.LocationOf(method), method.Name);
        }
        else if (used.Contains(OptionNames.Jitter))
        {
            _parser.ReportWithoutExpiry(used);
        }
    }
}
