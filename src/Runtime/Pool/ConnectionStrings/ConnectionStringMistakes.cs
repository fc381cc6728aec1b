namespace TypedCache.Pool;

/// <summary>
/// What can be wrong with a connection string. The messages name the part and the fix, never the whole text and never what may belong to a
/// password.
/// </summary>
internal static class ConnectionStringMistakes
{
    /// <summary>The settings, for messages.</summary>
    public const string Names =
        "user, password, tls, prefix, preset, hash, protocol, timeout, connect-timeout, retry-interval, keep-alive, connections, redundancy, zone, spares, spare-expiry, failover, on-failure";

    private const string Example = "cache-1:11211, cache-2; user=shop; password=\"...\"; timeout=200ms";

    private const string QuoteFix = "Put the password in quotes if it has a semicolon or a quote: password=\"...\".";

    public static ArgumentException SettingFirst() =>
        Malformed($"it begins with a setting. Servers come first: {Example}.");

    public static ArgumentException NoValue(string? part) => Malformed(part is null
        ? $"what follows the password has no '='. {QuoteFix}"
        : $"'{HostText.Shown(part)}' is not a setting. Write name=value behind a semicolon; servers are separated by commas: a:11211, b:11211.");

    public static ArgumentException Unclosed(string? name, char quote) =>
        Malformed($"the value of {Shown(name)} has no closing {quote}. In quotes, write \\{quote} for {quote} and \\\\ for \\.");

    public static ArgumentException BehindQuote(string? name, char quote) =>
        Malformed($"the value of {Shown(name)} goes on behind its closing {quote}. Write a semicolon there, or \\{quote} for a quote in the value.");

    public static ArgumentException Unknown(string? name) => Malformed(name is null
        ? $"the setting that follows the password is not known. {QuoteFix}"
        : $"'{HostText.Shown(name)}' is not a setting. Settings are: {Names}.");

    public static ArgumentException Twice(string name) => Malformed($"'{name}' is given twice.");

    public static ArgumentException NotValid(string name, string? value, string fix) => Malformed(value is null
        ? $"the value of '{name}' is not valid. {fix}"
        : $"'{name}' is '{HostText.Shown(value)}'. {fix}");

    public static ArgumentException In(string name, ArgumentException mistake) => Malformed($"'{name}': {mistake.Message}");

    public static ArgumentException Alone(string given, string missing) =>
        Malformed($"it has a {given} and no {missing}. Servers ask for both, or for neither.");

    public static ArgumentException NotEncoded() =>
        Malformed("user and password have a character that a URI does not take. Write / as %2F, ? as %3F, # as %23, @ as %40, : as %3A and % as %25.");

    public static ArgumentException BadPercent(string part) =>
        Malformed($"the {part} has a % without two hexadecimal digits behind it, or what it encodes is not UTF-8. Write %25 for a percent sign.");

    public static ArgumentException NoHost() =>
        Malformed("the host is missing. Write memcached://cache-1:11211,cache-2; for a Unix socket the form without scheme: unix:/run/memcached.sock.");

    public static ArgumentException NotServers() => Malformed(
        "what stands for the servers is not host:port, separated by commas. Write memcached://cache-1:11211,[::1]:11212; weights need the form without scheme: cache-1:11211 weight=2.");

    public static ArgumentException Fragment() => Malformed("it has a '#'. Write %23, or take away what follows.");

    private static string Shown(string? name) => name is null ? "a setting" : $"'{HostText.Shown(name)}'";

    private static ArgumentException Malformed(string what) => new($"The connection string is malformed: {what}");
}
