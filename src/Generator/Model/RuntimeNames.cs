namespace TypedCache.Generator.Model;

/// <summary>Every name of the runtime and the framework that the generator looks up or writes.</summary>
internal static class RuntimeNames
{
    public const string CacheClientAttribute = "TypedCache.CacheClientAttribute";
    public const string CacheKeyAttribute = "TypedCache.CacheKeyAttribute";
    public const string CacheContractAttribute = "TypedCache.CacheContractAttribute";
    public const string CacheTagAttribute = "TypedCache.CacheTagAttribute";
    public const string ValueTagKeys = "TypedCache.ValueTagKeys`1";
    public const string KeyPartAttribute = "TypedCache.KeyPartAttribute";
    public const string CacheCodecAttribute = "TypedCache.CacheCodecAttribute";
    public const string CacheCodec = "TypedCache.Values.ICacheCodec`1";
    public const string CacheClientInterface = "TypedCache.ICacheClient`1";
    public const string CacheExpiry = "TypedCache.CacheExpiry";
    public const string CasToken = "TypedCache.CasToken";
    public const string CacheValue = "TypedCache.CacheValue`1";
    public const string CacheValues = "TypedCache.CacheValues`2";
    public const string CasResult = "TypedCache.CasResult";
    public const string CacheItem = "TypedCache.CacheItem`1";
    public const string CacheEntry = "TypedCache.CacheEntry`1";
    public const string CacheCounter = "TypedCache.CacheCounter";
    public const string CacheEntrySet = "TypedCache.CacheEntrySet`2";

    /// <summary>Of the package TypedCache.Hosting, which few projects refer to.</summary>
    public const string CacheBuilder = "Microsoft.Extensions.DependencyInjection.ITypedCacheBuilder";

    public const string Utf8SpanFormattable = "System.IUtf8SpanFormattable";
    public const string SpanFormattable = "System.ISpanFormattable";
    public const string Formattable = "System.IFormattable";
    public const string TimeSpan = "System.TimeSpan";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
    public const string ValueTaskOf = "System.Threading.Tasks.ValueTask`1";
    public const string Task = "System.Threading.Tasks.Task";
    public const string TaskOf = "System.Threading.Tasks.Task`1";
    public const string Dictionary = "System.Collections.Generic.Dictionary`2";
    public const string DictionaryInterface = "System.Collections.Generic.IDictionary`2";
    public const string ReadOnlyDictionary = "System.Collections.Generic.IReadOnlyDictionary`2";
    public const string HashSet = "System.Collections.Generic.HashSet`1";
    public const string SetInterface = "System.Collections.Generic.ISet`1";
    public const string ReadOnlySet = "System.Collections.Generic.IReadOnlySet`1";
    public const string ReadOnlyList = "System.Collections.Generic.IReadOnlyList`1";
    public const string KeyValuePair = "System.Collections.Generic.KeyValuePair`2";
    public const string ReadOnlyMemory = "System.ReadOnlyMemory`1";

    /// <summary>The same names as generated code writes them.</summary>
    internal static class Code
    {
        public const string CacheContract = "global::TypedCache.CacheContract";
        public const string CacheClientInterface = "global::TypedCache.ICacheClient";
        public const string Pool = "global::TypedCache.MemcachedPool";
        public const string HostingNamespace = "Microsoft.Extensions.DependencyInjection";
        public const string CacheBuilder = "global::Microsoft.Extensions.DependencyInjection.ITypedCacheBuilder";
        public const string AddClient = "global::Microsoft.Extensions.DependencyInjection.TypedCacheBuilderExtensions.AddClient";
        public const string Counter = "global::TypedCache.CacheCounter";
        public const string Expiry = "global::TypedCache.CacheExpiry";
        public const string Options = "global::TypedCache.GetOrCreateOptions";
        public const string Stored = "global::TypedCache.CasResult.Stored";
        public const string CasResult = "global::TypedCache.CasResult";
        public const string CacheValue = "global::TypedCache.CacheValue";
        public const string CacheValues = "global::TypedCache.CacheValues";
        public const string KeyWriter = "global::TypedCache.Keys.CacheKeyWriter";
        public const string KeyTemplate = "global::TypedCache.KeyTemplate";
        public const string TagKeys = "global::TypedCache.TagKeys";
        public const string TagOptions = "global::TypedCache.TagOptions";
        public const string TaggedCodec = "global::TypedCache.TaggedCodec";
        public const string ValueTags = "global::TypedCache.ValueTags";
        public const string NearOptions = "global::TypedCache.NearOptions";
        public const string NearIndex = "global::TypedCache.NearIndex";
        public const string CasToken = "global::TypedCache.CasToken";
        public const string CacheDialect = "global::TypedCache.CacheDialect";
        public const string KeyPolicy = "global::TypedCache.Keys.KeyPolicy";
        public const string Codec = "global::TypedCache.Values.ICacheCodec";
        public const string BuiltInCodecs = "global::TypedCache.Values.CacheCodecs";
        public const string NullableCodec = BuiltInCodecs + ".Nullable";
        public const string NotNullCodec = BuiltInCodecs + ".NotNull";
        public const string UncompressedCodec = BuiltInCodecs + ".Uncompressed";
        public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
        public const string Dictionary = "global::System.Collections.Generic.Dictionary";
        public const string HashSet = "global::System.Collections.Generic.HashSet";
        public const string Obsolete = "[global::System.Obsolete]";
        public const string GeneratedCode = "global::System.CodeDom.Compiler.GeneratedCode";
        public const string ArgumentNull = "global::System.ArgumentNullException";
        public const string ArgumentOutOfRange = "global::System.ArgumentOutOfRangeException";
        public const string NotSupported = "global::System.NotSupportedException";
        public const string TimeSpan = "global::System.TimeSpan";
        public const string ByteSpan = "global::System.Span<byte>";
        public const string ReadOnlyByteSpan = "global::System.ReadOnlySpan<byte>";
        public const string Utf8 = "global::System.Text.Encoding.UTF8";
    }
}
