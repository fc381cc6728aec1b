using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>Validates the settings of one pool: what could not be read, ranges, and all that the pool would refuse.</summary>
internal sealed class SettingsCheck(PoolRegistration registration, IHostEnvironment? environment) : IValidateOptions<TypedCacheSettings>
{
    private static readonly SettingsAnnotations Annotations = new();

    public ValidateOptionsResult Validate(string? name, TypedCacheSettings options)
    {
        if (name != registration.OptionsName)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> failures = [.. options.Mistakes, .. OutOfRange(options)];
        if (failures.Count == 0)
        {
            failures.AddRange(Refused(options));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // The generated code tells the member, and then the message, in which the name that it is given stands before the member's, with a dot.
    private IEnumerable<string> OutOfRange(TypedCacheSettings settings)
    {
        var path = registration.SectionPath;
        var result = Annotations.Validate(path, settings);
        return (result.Failures ?? []).Select(failure => failure[Math.Max(0, failure.IndexOf(path, StringComparison.Ordinal))..]
            .Replace($"{path}.", $"{path}:", StringComparison.Ordinal));
    }

    private IEnumerable<string> Refused(TypedCacheSettings settings)
    {
        if (settings.Servers.Count == 0 && string.IsNullOrWhiteSpace(settings.Discovery) && !MayBeEmpty())
        {
            yield return registration.NoServers;
            yield break;
        }

        if (settings.User is null != settings.Password is null)
        {
            yield return $"{registration.SectionPath}: {nameof(TypedCacheSettings.User)} and {nameof(TypedCacheSettings.Password)} go together, and only one of them is set.";
        }

        foreach (var missing in settings.Tls.Enabled ? CertificateFiles.FindMissing(settings.Tls) : [])
        {
            yield return $"{registration.SectionPath}:{nameof(TypedCacheSettings.Tls)}: the file '{missing}' does not exist.";
        }

        if (settings.SortHosts && settings.HashStrategy is TypedCacheHashStrategy.Consistent or TypedCacheHashStrategy.Standard or TypedCacheHashStrategy.Rendezvous)
        {
            yield return $"{registration.SectionPath}:{nameof(TypedCacheSettings.SortHosts)} has no effect with the strategy {settings.HashStrategy}, which php-memcached does not have.";
        }

        if (Mistake(settings) is { } mistake)
        {
            yield return $"{registration.SettingsPaths}: {mistake}";
        }
    }

    // Code may add servers when the pool is created.
    private bool MayBeEmpty() => registration.EmbeddedServers is not null || registration.ConfigurePool.Count > 0 || environment?.IsDevelopment() == true;

    private static string? Mistake(TypedCacheSettings settings)
    {
        try
        {
            var options = PoolOptions.From(settings, withCertificates: false);
            if (options.Servers.Count == 0 && options.Discovery is null)
            {
                options.AddServers("embedded");
            }

            options.Validate();
            return null;
        }
        catch (ArgumentException mistake)
        {
            // Without the parameter, which is not the reader's.
            return mistake.Message.Split(" (Parameter '", 2)[0];
        }
    }
}
