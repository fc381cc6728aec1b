[DataContract]
public sealed class Settings
{
    [DataMember(Name = "t")] public string? Theme { get; set; }
    [DataMember] public int Size { get; set; }
    [IgnoreDataMember] public string? Secret { get; set; }
    public int NotStored { get; set; }
}

[CacheClient("settings")]
public partial interface ISettings
{
    [CacheKey("s:{user}")] ValueTask<Settings?> GetSettingsAsync(Guid user, CancellationToken ct = default);
    [CacheKey("s:{user}", Expires = "30d")] ValueTask<bool> AddSettingsAsync(Guid user, Settings settings, CancellationToken ct = default);
}
