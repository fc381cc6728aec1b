using System.Text;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Patterns;

/// <summary>A pattern of keys: fixed texts with arguments between them. Those that come first are the more specific ones.</summary>
internal sealed class KeyPattern : IComparable<KeyPattern>
{
    // How a key ends whose tail has become a hash: this, and 32 hexadecimal digits.
    private const int HashDigits = 32;

    private readonly byte[][] _literals;
    private readonly ArgumentForm[] _arguments;

    /// <summary>Makes one.</summary>
    /// <param name="text">The pattern as it is written.</param>
    /// <param name="key">What the contract says of it; null: it is that of a tag.</param>
    /// <param name="arguments">Its arguments.</param>
    public KeyPattern(string text, ContractKey? key, IReadOnlyList<ContractArgument> arguments)
    {
        (Text, Key) = (text, key);
        _literals = [.. ContractPattern.Literals(text).Select(Encoding.UTF8.GetBytes)];
        _arguments = [.. arguments.Select(argument => new ArgumentForm(argument))];
    }

    /// <summary>The pattern as it is written.</summary>
    public string Text { get; }

    /// <summary>What the contract says of it; null: it is that of a tag.</summary>
    public ContractKey? Key { get; }

    private static ReadOnlySpan<byte> HashMark => "%="u8;

    /// <summary>Whether the pattern gives such a key.</summary>
    public bool Matches(ReadOnlySpan<byte> key)
    {
        if (!key.StartsWith(_literals[0]))
        {
            return false;
        }

        var cut = IsShortened(key) ? key[..^(HashMark.Length + HashDigits)] : key;
        return MatchesFrom(0, key, isCut: false) || (cut.Length < key.Length && MatchesFrom(0, cut, isCut: true));
    }

    public int CompareTo(KeyPattern? other)
    {
        if (other is null)
        {
            return 1;
        }

        var fixedBytes = _literals.Sum(literal => literal.Length).CompareTo(other._literals.Sum(literal => literal.Length));
        var fewer = other._arguments.Length.CompareTo(_arguments.Length);
        var narrower = _arguments.Sum(argument => argument.Narrowness).CompareTo(other._arguments.Sum(argument => argument.Narrowness));
        return fixedBytes != 0 ? fixedBytes : fewer != 0 ? fewer : narrower;
    }

    private static bool IsShortened(ReadOnlySpan<byte> key) =>
        key.Length > HashMark.Length + HashDigits && key[^(HashMark.Length + HashDigits)..].StartsWith(HashMark);

    // Whether the rest of a key is the literal with a number, and what follows it.
    private bool MatchesFrom(int index, ReadOnlySpan<byte> rest, bool isCut)
    {
        var literal = _literals[index];
        if (!rest.StartsWith(literal))
        {
            return isCut && literal.AsSpan().StartsWith(rest);
        }

        rest = rest[literal.Length..];
        if (index == _arguments.Length)
        {
            return rest.IsEmpty && !isCut;
        }

        var (argument, next) = (_arguments[index], _literals[index + 1]);
        if (index == _arguments.Length - 1)
        {
            return (isCut && !argument.IsShort) || (rest.EndsWith(next) && argument.Matches(rest[..^next.Length]) && (!isCut || next.Length == 0));
        }

        return MatchesBetween(index, rest, isCut);
    }

    // An argument ends where the next literal is; there can be several such places.
    private bool MatchesBetween(int index, ReadOnlySpan<byte> rest, bool isCut)
    {
        var (argument, next) = (_arguments[index], _literals[index + 1]);
        for (var end = 0; end <= rest.Length - next.Length; end++)
        {
            var found = rest[end..].IndexOf(next);
            if (found < 0)
            {
                break;
            }

            end += found;
            if (argument.Matches(rest[..end]) && MatchesFrom(index + 1, rest[end..], isCut))
            {
                return true;
            }
        }

        // An argument with another one behind it does not contain what ends it: that is escaped.
        return isCut && !argument.IsShort && (next.Length == 0 || !rest.Contains(next[0]));
    }
}
