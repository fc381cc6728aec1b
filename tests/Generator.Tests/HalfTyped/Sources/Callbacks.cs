[MessagePackObject]
public sealed class Document : IMessagePackSerializationCallbackReceiver
{
    [Key("title")] public string? Title { get; set; }
    [Key("body")] public StringBuilder Body { get; set; } = new();
    public void OnBeforeSerialize() => Title ??= "";
    void IMessagePackSerializationCallbackReceiver.OnAfterDeserialize() => Title = Title?.Trim();
}

[CacheClient("docs")]
public partial interface IDocuments
{
    [CacheKey("d:{id}")] ValueTask<Document?> GetDocumentAsync(Guid id, CancellationToken ct = default);
    [CacheKey("d:{id}")] CacheEntry<Document> Document(Guid id);
}
