namespace TypedCache.Integration.Tests.Operations;

// The same suite over each kind of pool: what holds for a real memcached has to hold for the embedded server.
public sealed class OneEmbeddedServerTests(OneEmbeddedServer fixture) : OperationSuite(fixture), IClassFixture<OneEmbeddedServer>;

public sealed class ThreeEmbeddedServersTests(ThreeEmbeddedServers fixture) : OperationSuite(fixture), IClassFixture<ThreeEmbeddedServers>;

public sealed class OneMemcachedTests(OneMemcached fixture) : OperationSuite(fixture), IClassFixture<OneMemcached>;

public sealed class ThreeMemcachedsTests(ThreeMemcacheds fixture) : OperationSuite(fixture), IClassFixture<ThreeMemcacheds>;

public sealed class EmbeddedServersInClassicModeTests(EmbeddedServersInClassicMode fixture)
    : OperationSuite(fixture), IClassFixture<EmbeddedServersInClassicMode>;

public sealed class MemcachedsInClassicModeTests(MemcachedsInClassicMode fixture)
    : OperationSuite(fixture), IClassFixture<MemcachedsInClassicMode>;
