using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace TypedCache.Hosting;

/// <summary>Tells when configuration has been loaded again.</summary>
internal sealed class SettingsChanges(string name, IConfiguration? configuration) : IOptionsChangeTokenSource<TypedCacheSettings>
{
    public string? Name => name;

    public IChangeToken GetChangeToken() => configuration?.GetReloadToken() ?? new CancellationChangeToken(CancellationToken.None);
}
