using System.Text;
using TypedCache.Values;

namespace TypedCache;

/// <summary>A user of servers that were started with a password file (memcached's option <c>-Y</c>, since 1.5.15).</summary>
/// <param name="User">The user, well-formed and without blanks, control characters and colons.</param>
/// <param name="Password">The password, well-formed and without blanks and control characters.</param>
/// <remarks>
/// They travel as plain text (memcached's protocol.txt, "Authentication"): use TLS wherever others can listen. Give them only
/// to pools whose servers ask for them.
/// </remarks>
public sealed record MemcachedCredentials(string User, string Password)
{
    // A line of the file, "user:password", with its end (memcached's authfile.c).
    private const int MaxLength = 254;

    /// <summary>The user; the password is not shown.</summary>
    public override string ToString() => User;

    /// <exception cref="ArgumentException">No password file can hold them.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(User);
        ArgumentException.ThrowIfNullOrEmpty(Password);
        if (HasForbidden(User) || HasForbidden(Password) || User.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "The Credentials hold a blank, a control character or half of a surrogate pair, or the user has a colon: memcached cannot take them.");
        }

        if (Encoding.UTF8.GetByteCount(User) + Encoding.UTF8.GetByteCount(Password) > MaxLength)
        {
            throw new ArgumentException(
                $"The Credentials are longer than {MaxLength} bytes: memcached cannot take them.");
        }
    }

    private static bool HasForbidden(string text)
    {
        if (!StrictUtf8.CanEncode(text))
        {
            return true;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) || c == ' ')
            {
                return true;
            }
        }

        return false;
    }
}
