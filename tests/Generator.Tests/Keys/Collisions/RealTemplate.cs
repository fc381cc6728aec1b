using System.Text;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using RuntimePolicy = TypedCache.Keys.KeyPolicy;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>A random template whose keys are made of real values by the runtime.</summary>
internal sealed class RealTemplate
{
    private const int LongestKey = 250;
    private static readonly string[] Literals = [":", ":", ":", "a", "0", "1", "-", ".", "T", "x:", "20", "Re", "é", ":1:", "12-", "+"];

    private static readonly RealPart[][] Types = [.. RealParts.All.GroupBy(static part => part.Shape(0).Type).Select(static parts => parts.ToArray())];

    private readonly List<(string Literal, RealPart? Part)> _pieces = [];
    private readonly RuntimePolicy _policy;

    public RealTemplate(Random random)
    {
        _policy = (RuntimePolicy)Math.Max(0, random.Next(-3, 3));
        var count = random.Next(1, 5);
        var isLiteral = random.Next(2) == 0;
        for (var i = 0; i < count; i++, isLiteral = !isLiteral)
        {
            _pieces.Add(isLiteral ? Literal(random) : ("", Part(random)));
        }
    }

    /// <summary>A template that looks like another one, so that both probably have keys in common.</summary>
    public RealTemplate(RealTemplate other, Random random)
    {
        _policy = random.Next(4) == 0 ? (RuntimePolicy)random.Next(3) : other._policy;
        _pieces.AddRange(other._pieces);
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            Change(random.Next(_pieces.Count), random);
        }
    }

    private void Change(int index, Random random)
    {
        var isLiteral = _pieces[index].Part is null;
        switch (random.Next(5))
        {
            case 0 when _pieces.Count > 1 && (index == 0 || index == _pieces.Count - 1):
                _pieces.RemoveAt(index);
                break;
            case 1 when isLiteral && index == _pieces.Count - 1:
                _pieces.Add(("", Part(random)));
                break;
            case 1 when !isLiteral && index == _pieces.Count - 1:
                _pieces.Add(Literal(random));
                break;
            case 2 when isLiteral && _pieces.Count == 1:
                _pieces[index] = Literal(random);
                break;
            default:
                index = isLiteral ? Math.Max(0, index - 1) : index;
                _pieces[index] = _pieces[index].Part is null ? _pieces[index] : ("", Part(random));
                break;
        }
    }

    private static (string, RealPart?) Literal(Random random) => (Literals[random.Next(Literals.Length)], null);

    // All types are as likely, whether they have many formats or none.
    private static RealPart Part(Random random)
    {
        var parts = Types[random.Next(Types.Length)];
        return parts[random.Next(parts.Length)];
    }

    public KeyUse Use(string type)
    {
        var parts = _pieces.Select((piece, index) => piece.Part is null ? new LiteralShapePart(piece.Literal) : (KeyShapePart)piece.Part.Shape(Delimiter(index)));
        var names = _pieces.Where(static piece => piece.Part is not null).Select((_, index) => $"{type}{index}");
        return new KeyUse(
            type, ToString(), new KeyShape(new EquatableArray<KeyShapePart>(parts), (Model.KeyPolicy)_policy), new EquatableArray<string>(names),
            new StoredValue(type, type, IsCounter: false, IsNumberText: false), Stale: null, KeyEffect.None);
    }

    /// <summary>A key of any values; null where the policy does not take it.</summary>
    public byte[]? Sample(Random random)
    {
        var key = new List<byte>();
        for (var i = 0; i < _pieces.Count; i++)
        {
            if ((_pieces[i].Part is { } part ? part.Sample(random, _policy, Delimiter(i)) : Encoding.UTF8.GetBytes(_pieces[i].Literal)) is not { } bytes)
            {
                return null;
            }

            key.AddRange(bytes);
        }

        return key.Count is > 0 and <= LongestKey ? [.. key] : null;
    }

    /// <summary>Whether some values give this key.</summary>
    public bool Gives(byte[] key) => Gives(key, 0, 0, []);

    public override string ToString() => $"{_policy} {string.Concat(_pieces.Select(static piece => piece.Literal + piece.Part?.Name))}";

    private bool Gives(byte[] key, int piece, int position, HashSet<(int, int)> failed)
    {
        if (piece == _pieces.Count)
        {
            return position == key.Length;
        }

        if (failed.Contains((piece, position)))
        {
            return false;
        }

        var (literal, part) = _pieces[piece];
        var gives = part is null
            ? key.AsSpan(position).StartsWith(Encoding.UTF8.GetBytes(literal)) && Gives(key, piece + 1, position + Encoding.UTF8.GetByteCount(literal), failed)
            : Enumerable.Range(position, key.Length - position + 1).Any(end =>
                Gives(key, piece + 1, end, failed) && part.Gives(key[position..end], _policy, Delimiter(piece)));
        if (!gives)
        {
            failed.Add((piece, position));
        }

        return gives;
    }

    // As the parser does: what follows, where there is another placeholder behind it.
    private byte Delimiter(int piece) =>
        piece + 1 < _pieces.Count && _pieces[piece + 1].Part is null && _pieces.Skip(piece + 1).Any(static other => other.Part is not null)
            ? Encoding.UTF8.GetBytes(_pieces[piece + 1].Literal)[0]
            : (byte)0;
}
