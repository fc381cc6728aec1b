using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>Checks what the attributes of the settings say. Its code is generated.</summary>
[OptionsValidator]
internal sealed partial class SettingsAnnotations : IValidateOptions<TypedCacheSettings>;
