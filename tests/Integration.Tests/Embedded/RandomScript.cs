using System.Text;
using TypedCache.Embedded;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>
/// Makes up commands over few keys, so that they meet often, and runs each on a store of its own on the way: that is how a
/// command can name the CAS which an item really has at that moment.
/// </summary>
internal sealed class RandomScript(int seed)
{
    private static readonly string[] PlainKeys = ["a", "b", "c", "d", "counter", "k\u00e9y"];
    private static readonly string[] BinaryKeys = ["YQ==", "Yg==", "AAEC/w==", "Y291bnRlcg=="];
    private static readonly string[] BadKeys = [new('k', 251), "YQ=", "\x01", "!!!!"];
    private static readonly string[] Expiries = ["0", "0", "100", "1000", "2592000", "2592001", "2000000000", "4102444800", "-1", "x", "4294967295"];

    // None equals an expiry: a tick of the clock between the two commands would decide which is earlier.
    private static readonly string[] RecacheTimes = ["0", "500", "500", "100000", "-1", "x"];

    // No counter gets beyond 2^63: memcached would look for a minus sign behind the end of such a value.
    private static readonly string[] Numbers = ["0", "1", "5", "10", "99", "1000", "999999999999", "18446744073709551616", "-1", "x", ""];
    private static readonly string[] FlagNumbers = ["0", "1", "16", "65536", "4294967295", "4294967296", "-1", "y"];
    private static readonly string[] Modes = ["", "E", "A", "P", "R", "S", "I", "D", "+", "-", "X", "AA"];

    private readonly Random _random = new(seed);
    private readonly SessionUnderTest _server = new();

    /// <summary>Gives a script of so many commands, each followed by <c>mn</c>.</summary>
    public byte[] Write(int commands)
    {
        using var session = _server.Open();
        var replies = new ReplyBuffer();
        var script = new List<byte>();
        for (var i = 0; i < commands; i++)
        {
            var step = Encoding.Latin1.GetBytes(Command() + "mn\r\n");
            script.AddRange(step);
            session.Process(step, replies);
            replies.Clear();
        }

        // Dead items which nobody asks for stay in one server longer than in the other.
        var last = $"get {string.Join(' ', PlainKeys.Concat(BadKeys.Where(key => key.Length <= 250)))}\r\n" + string.Concat(BinaryKeys.Select(key => $"mg {key} b\r\n"));
        return [.. script, .. Encoding.Latin1.GetBytes(last)];
    }

    private string Command() => _random.Next(100) switch
    {
        < 15 => Storage(),
        < 22 => $"{Pick("get", "gets")} {string.Join(' ', Enumerable.Range(0, _random.Next(1, 30)).Select(_ => Key()))}\r\n",
        < 25 => $"{Pick("gat", "gats")} {Pick(Expiries)} {string.Join(' ', Enumerable.Range(0, _random.Next(4)).Select(_ => Key()))}\r\n",
        < 30 => $"{Pick("incr", "decr")} {Key()} {Pick(Numbers)}{NoReply()}\r\n",
        < 33 => $"delete {Key()}{Pick("", "", " 0", " 1")}{NoReply()}\r\n",
        < 36 => $"touch {Key()} {Pick(Expiries)}{NoReply()}\r\n",
        < 56 => $"mg {MetaKey(out var binary)}{Flags(binary, "vtcfkshlqOuTNRNRTvtc", 6)}\r\n",
        < 75 => MetaSet(),
        < 83 => $"md {MetaKey(out var binary)}{Flags(binary, "qICTOkIIC", 4)}\r\n",
        < 94 => $"ma {MetaKey(out var binary)}{Flags(binary, "NJDTMqtcvkOCNJDv", 6)}\r\n",
        < 97 => $"me {MetaKey(out var binary)}{(binary ? " b" : "")}\r\n",
        97 => _random.Next(20) == 0 ? $"flush_all{NoReply()}\r\n" : "version\r\n",
        98 => _random.Next(10) == 0 ? $"ms a 2000000 q\r\n{new string('v', 2000000)}\r\n" : "mn\r\n",
        _ => Garbage(),
    };

    private string Storage()
    {
        var name = Pick("set", "set", "add", "replace", "append", "prepend", "cas");
        var (length, block) = Block();
        var key = Key();
        var cas = name == "cas" ? " " + Cas(key) : "";
        return $"{name} {key} {Pick(FlagNumbers)} {Pick(Expiries)} {length}{cas}{NoReply()}\r\n{block}\r\n";
    }

    private string MetaSet()
    {
        var (length, block) = Block();
        var key = MetaKey(out var binary);
        return $"ms {key} {length}{Flags(binary, "cCFIkOqTMCFT", 5)}\r\n{block}\r\n";
    }

    // What a wrong length lets through runs as commands; none of these can wait for a block of its own.
    private (string Length, string Block) Block()
    {
        // Not blanks alone: memcached would look for a number behind the end of such a value.
        var value = _random.Next(8) switch
        {
            0 => "",
            1 => "\r\nx",
            2 => new string('x', _random.Next(200)) + "\0\r\n",
            3 or 4 => $"{_random.NextInt64(2000)}",
            5 => "999999999999",
            6 => $"{_random.Next(200)} ",
            _ => $"value-{_random.Next(1000)}",
        };
        return _random.Next(30) switch
        {
            0 => ("-1", value),
            1 => ("x", value),
            2 => ($"{value.Length}", value + "z"),
            _ => ($"{value.Length}", value),
        };
    }

    private string Flags(bool binary, string letters, int most)
    {
        var chosen = Enumerable.Range(0, _random.Next(most + 1)).Select(_ => letters[_random.Next(letters.Length)]);
        var words = (_random.Next(20) == 0 ? chosen : chosen.Distinct()).Select(letter => letter + Argument(letter)).ToList();
        if (binary)
        {
            words.Insert(_random.Next(words.Count + 1), "b");
        }

        if (_random.Next(40) == 0)
        {
            words.Add(Pick("z", "E1", "\u00ff", "P1", "L0"));
        }

        return string.Concat(words.Select(word => " " + word));
    }

    private string Argument(char letter) => letter switch
    {
        'T' or 'N' => Pick(Expiries),
        'R' => Pick(RecacheTimes),
        'C' => Cas(Pick(PlainKeys)),
        'F' => Pick(FlagNumbers),
        'J' or 'D' => Pick(Numbers),
        'M' => Pick(Modes),
        'O' => new string('o', _random.Next(25) == 0 ? 40 : _random.Next(32)),
        _ => "",
    };

    // Mostly the CAS the item has, now and then one near it.
    private string Cas(string key)
    {
        var cas = (long)(_server.Store.Items.Find(Encoding.Latin1.GetBytes(key))?.Cas ?? 1);
        return _random.Next(6) switch
        {
            0 => $"{cas - _random.Next(1, 20)}",
            1 => $"{cas + 1}",
            2 when _random.Next(5) == 0 => "x",
            _ => $"{cas}",
        };
    }

    private string Key() => _random.Next(60) == 0 ? Pick(BadKeys) : Pick(PlainKeys);

    private string MetaKey(out bool binary)
    {
        binary = _random.Next(4) == 0;
        return binary ? Pick(_random.Next(20) == 0 ? BadKeys : BinaryKeys) : Key();
    }

    private string NoReply() => _random.Next(5) == 0 ? " noreply" : "";

    private string Garbage()
    {
        var text = new char[_random.Next(1, 60)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)_random.Next(1, 256);
        }

        // No line break of its own, and no first letter of a command which waits for a block.
        return "#" + new string(text).Replace('\n', '.') + "\r\n";
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
