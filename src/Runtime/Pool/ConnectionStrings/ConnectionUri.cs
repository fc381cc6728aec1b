using System.Globalization;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>
/// The parts of a connection string in URI form: <c>memcached://user:password@host:port,host/prefix?name=value</c>. With
/// <c>memcacheds://</c> the connections are encrypted.
/// </summary>
internal sealed class ConnectionUri
{
    private const string Scheme = "memcached://";
    private const string SecureScheme = "memcacheds://";

    private ConnectionUri(bool isSecure) => IsSecure = isSecure;

    public bool IsSecure { get; }

    public string Servers { get; private init; } = "";

    public string? User { get; private init; }

    public string? Password { get; private init; }

    public string Prefix { get; private init; } = "";

    public List<SettingText> Settings { get; } = [];

    /// <summary>Reads one. Null if the text has another form.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public static ConnectionUri? TryParse(string text)
    {
        var isSecure = text.StartsWith(SecureScheme, StringComparison.OrdinalIgnoreCase);
        return isSecure ? Parse(text[SecureScheme.Length..], isSecure)
            : text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Parse(text[Scheme.Length..], isSecure)
            : null;
    }

    private static ConnectionUri Parse(string rest, bool isSecure)
    {
        var authorityEnd = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var tail = authorityEnd < 0 ? "" : rest[authorityEnd..];
        var at = authority.LastIndexOf('@');
        if (tail.Contains('@', StringComparison.Ordinal))
        {
            // Most likely the authority ends in the middle of a password.
            throw ConnectionStringMistakes.NotEncoded();
        }

        if (tail.Contains('#', StringComparison.Ordinal))
        {
            throw ConnectionStringMistakes.Fragment();
        }

        var question = tail.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? tail : tail[..question];
        var user = at < 0 ? null : authority[..at];
        var colon = user?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var servers = authority[(at + 1)..];
        if (servers.Length == 0)
        {
            throw ConnectionStringMistakes.NoHost();
        }

        var uri = new ConnectionUri(isSecure)
        {
            Servers = servers,
            User = user is null ? null : Decode(colon < 0 ? user : user[..colon], "user"),
            Password = colon < 0 ? null : Decode(user![(colon + 1)..], "password"),
            Prefix = path.Length == 0 ? "" : Decode(path[1..], "prefix"),
        };
        uri.ReadSettings(question < 0 ? "" : tail[(question + 1)..]);
        return uri;
    }

    private void ReadSettings(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals], "name of a setting");
            if (equals < 0)
            {
                throw ConnectionStringMistakes.NoValue(name);
            }

            Settings.Add(new SettingText(name, Decode(part[(equals + 1)..], $"value of '{HostText.Shown(name)}'"), IsQuoted: true));
        }
    }

    private static string Decode(string text, string part)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                bytes.Add(i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw ConnectionStringMistakes.BadPercent(part));
                i += 2;
            }
            else
            {
                var end = char.IsSurrogate(text[i]) && i + 1 < text.Length ? i + 2 : i + 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i..end]));
                i = end - 1;
            }
        }

        try
        {
            return StrictUtf8.Encoding.GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            throw ConnectionStringMistakes.BadPercent(part);
        }
    }
}
