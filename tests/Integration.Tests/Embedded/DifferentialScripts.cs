namespace TypedCache.Integration.Tests.Embedded;

/// <summary>Hand-written sessions for every command, flag and error. A line is sent with CR LF.</summary>
internal static class DifferentialScripts
{
    private static readonly string LongKey = new('k', 251);
    private static readonly string LongestKey = new('k', 250);
    private static readonly string LongOpaque = "O" + new string('o', 32);
    private static readonly string LongestOpaque = "O" + new string('o', 31);

    private static readonly string[] ExtremeTimes =
    [
        "-9223372036854775809", "-9223372036854775808", "-2147483649", "-2147483648", "-1", "0", "1000", "2591999", "2592000", "2592001", "1000000000", "2000000000", "2147483647", "2147483648", "4294967295", "4294967296", "4294967297", "9223372036854775807", "9223372036854775808", "18446744073709551616",
    ];

    public static Dictionary<string, string[]> All { get; } = new()
    {
        ["storage"] =
        [
            "set a 1 0 3", "abc", "get a", "add a 0 0 1", "x", "add b 4294967295 0 1", "y", "gets a b c", "replace a 2 0 0", "", "replace n 0 0 1", "x", "gets a",
            "append a 9 0 2", "zz", "prepend a 9 0 2", "yy", "append n 0 0 1", "x", "prepend n 0 0 1", "x", "gets a", "cas a 5 0 1 1", "x", "cas a 5 0 1 5", "w",
            "cas n 0 0 1 1", "x", "gets a", "cas a 0 0 1 0", "x", "bget a", "set a 0 -1 1", "x", "get a", "set a 0 2592001 1", "x", "get a", "set a 0 4102444800 1", "x", "get a", "set a 0 2000000000 1", "x", "get a", "mg a t",
        ],
        ["noreply"] =
        [
            "set a 0 0 1 noreply", "x", "get a", "add a 0 0 1 noreply", "y", "replace a 0 0 1 noreply", "z", "append a 0 0 1 noreply", "y", "prepend a 0 0 1 noreply", "w", "get a",
            "cas a 0 0 1 1 noreply", "q", "set a 0 0 1 other", "5", "incr a 3 noreply", "decr a 1 noreply", "touch a 0 noreply", "get a", "incr a x noreply", "incr n 1 noreply",
            "delete n noreply", "delete a noreply", "get a", "set a 0 0 1 noreply", "toolong", "flush_all noreply", "verbosity 1 noreply", "set a 0 0 x noreply", "set a 0 0 noreply",
            "delete a 0 noreply", "delete a 1 noreply", "delete a b c d", "touch a x noreply", "touch a noreply", "flush_all x noreply", "cas a 0 0 noreply", "incr a noreply",
        ],
        ["get"] =
        [
            "set a 0 0 2", "\r\n", "set b 0 0 0", "", "get", "gets", "get a", "get  a   b  ", "get n", "gets n a n b a", "get a a a a a a a a a a a a a a a a a a a a a a a a a a a b", "mn",
            $"get {LongestKey}", "mn", $"get {LongKey}", "mn", $"get a {LongKey}", "mn", $"get a a a a a a a a a a a a a a a a a a a a a a a a a {LongKey}", "mn", "gets a b",
            "gat", "gat 10", "gat 10 a n b", "gats 10 a b", "mg a t", "gat x a", "gat -1 a", "get a", "gat 0 b", "mg b t", "gat", "gats 10", "get a\tb", "get \ta", "geta a", "get\ta",
        ],
        ["arithmetic"] =
        [
            "incr n 1", "decr n 1", "set c 7 0 2", "10", "incr c 5", "mn", "decr c 6", "mn", "get c", "mn", "incr c 99", "mn", "gets c", "mn", "decr c 100", "mn", "gets c", "mn", "decr c 1000", "mn", "gets c",
            "mn", "set c 0 0 20", "18446744073709551615", "incr c 1", "mn", "get c", "mn", "set c 0 0 20", "18446744073709551616", "incr c 1", "set c 0 0 3", "abc", "incr c 1", "decr c 1",
            "set c 0 0 3", "12a", "incr c 1", "set c 0 0 3", " 12", "incr c 1", "mn", "get c", "mn", "set c 0 0 5", "12 ab", "incr c 1", "mn", "get c", "mn", "set c 0 0 2", "+5", "incr c 1", "mn", "get c",
            "set c 0 0 2", "-5", "incr c 1", "set c 0 0 0", "", "incr c 1", "set c 0 0 1", "5", "incr c -1", "incr c x", "incr c 1x", "incr c 18446744073709551615", "mn", "incr c 18446744073709551616",
            "decr c -18446744073709551615", "mn", "incr c", "decr c", "incr", "decr", "incr c 1 2 3", "incr c 1 2", $"incr {LongKey} 1", $"decr {LongKey} 1", "get c", "set c 0 0 5", "1\r\n23", "incr c 1", "mn", "get c",
        ],
        ["delete and touch"] =
        [
            "delete", "delete n", "set a 0 0 1", "x", "delete a", "get a", "set a 0 0 1", "x", "delete a 0", "delete a 0", "delete a 1", "delete a 0 0", "delete a 0 noreply x", "delete a b c",
            $"delete {LongKey}", "touch", "touch a", "touch n 0", "set a 0 0 1", "x", "touch a 100", "mg a t", "touch a 0", "mg a t", "touch a x", "touch a -1", "get a", "touch a 1 2 3", $"touch {LongKey} 0",
        ],
        ["errors of storage"] =
        [
            "set", "set a", "set a 0", "set a 0 0", "set a 0 0 1 2 3", "set a x 0 1", "set a 0 x 1", "set a 0 0 x", "set a 0 0 -1", "set a -1 0 1", "set a 4294967296 0 1", "x", "get a", "set a 4294967295 0 1", "x", "get a",
            "set a 18446744073709551616 0 1", "set a 0 4294967295 1", "x", "get a", "set a 0 0 4294967297", "x", "get a", "set a 0 0 2147483647", "set a 0 0 2147483646", "cas a 0 0 1", "cas a 0 0 1 x", "cas a 0 0 1 1 1 1",
            "set a 0 0 3", "ab", "get a", "set a 0 0 1", "abc", "get a", "set a 0 0 1", "get a", "add a 0 0 1", "xyz", $"set {LongKey} 0 0 1", "x", $"set {LongestKey} 0 0 1", "x", $"get {LongestKey}",
            "append a 0 0 1", "xyz", "set a 0 0 1", "", "set b 0 0 1", "y", "",
        ],
        ["server"] =
        [
            "version", "version 1 2", "VERSION", "verbosity", "verbosity 1", "verbosity x", "verbosity 1 2", "verbosity 1 2 3", "verbosity noreply", "stats reset", "stats foo", "stats sizes", "stats cachedump", "stats cachedump x 1",
            "stats cachedump 1 x", "stats cachedump 64 1", "shutdown", "cache_memlimit", "cache_memlimit x", "cache_memlimit 1", "cache_memlimit 100", "cache_memlimit 1000000001", "", " ", "a", "ab", "foo bar", "mz", "mz a", "m", "mgx",
            "set a 0 0 1", "x", "flush_all", "get a", "set a 0 0 1", "x", "get a", "flush_all 0", "get a", "flush_all x", "flush_all -5", "flush_all 1 2 3", "set a 0 0 1", "x", "flush_all 1000", "get a", "flush_all a b",
            "nul\0 here", "get a\0b", "set b 0 0 3", "\0\0\0", "get b",
        ],
        ["extreme times"] = [.. ExtremeTimes.SelectMany(time => (string[])
        [
            $"set a 0 {time} 1", "x", "mg a t", $"ms b 1 T{time}", "x", "mg b t", "set c 0 0 1", "5", $"touch c {time}", "mg c t", "set c 0 0 1", "5", $"gat {time} c", "mg c t", "set c 0 0 1", "5", $"mg c T{time}", "mg c t",
            $"mg n{time} N{time} t", $"mg n{time} t", "set c 0 1000 1", "5", $"mg c R{time} t", "md c q", $"ma m{time} N{time} J5", $"mg m{time} t", $"md c I T{time}", "mg c t", "set c 0 0 1", "5", $"ma c T{time}", "mg c t",
        ])],
        ["extreme flushes"] = [.. ExtremeTimes.SelectMany(time => (string[])["set a 0 0 1", "x", $"flush_all {time}", "mg a s", "flush_all 1000", $"flush_all {time} noreply", "mn"])],
        ["http"] = ["set a 0 0 1", "x", "mn", "GET / HTTP/1.1", "get a"],
        ["quit"] = ["set a 0 0 1", "x", "quit", "get a"],
        ["long line"] = ["get a", "mn", "set " + new string('x', 3000000), "get a"],
        ["long get"] = ["set a 0 0 1", "x", "get" + string.Concat(Enumerable.Repeat(" abcdefghij a", 5000)), "version"],
        ["large"] =
        [
            "set a 0 0 1", "x", "set a 0 0 1048517", new string('v', 1048517), "get a", "set a 0 0 1048516", new string('v', 1048516), "me a", "append a 0 0 1", "x", "set a 1 0 1048516", new string('v', 1048516),
            "add a 0 0 1048517", new string('v', 1048517), "ms a 1048517 q", new string('v', 1048517), "ms a 1048516 c", new string('v', 1048516), "me a", "ms a 2000000 MA Ox", new string('v', 2000000), "me a",
            "set a 0 0 600000 noreply", new string('v', 600000), "ms a 1 MA", "x", "mg a s", "set a 0 0 2000000 noreply", new string('v', 2000000), "mg a s", "prepend a 0 0 2000000", new string('v', 2000000),
        ],
        ["mg"] =
        [
            "mg", "mg n", "mg n v", "mg n k Oabc q", "mg n k Oabc", "mg n O k", "ms a 3 F7 T100", "abc", "mg a", "mg a s v t f c k O1", "mg a k O1 v t f s c", "mg a q", "mg a q k v", "mg a v v", "mg a z", "mg a \u00ff", "mg a \x7f", "mg a u v",
            "mg a E1", "mg a Tx", "mg a Nx", "mg a Rx", "mg a T", "mg a Fx", "mg a Cx", "mg a Cx Fx", "mg a Fx Cx", "mg a Jx", "mg a Dx", "mg a MAB", "mg a M", $"mg a {LongOpaque}", $"mg n {LongOpaque}", $"mg a {LongestOpaque}", $"mg n q {LongestOpaque}",
            $"mg {LongKey}", $"mg {LongestKey} k", "mg a T50 t", "mg a t T0 t", "mg a t T0", "mg a T-1", "mg a", "mg a k s t v c f h l O1 q u T1 N1 R1 b P1 L1 I", "mg a k s t v c f h l O1 q u T1 N1 R1 b P1 L1 F1", "mg a I F1 J1 D1 MI C1 P L",
        ],
        ["mg with a CAS number"] =
        [
            "ms a 3 F7 T100", "abc", "mg a v c C1", "mg a C1", "mg a v C0", "mg a v C2", "mg a v C01", "mg a v C1 q", "mg n v C1", "mg n v C1 q", "mg n N30 v c C2", "mg n v c C2", "mg a v R200 C1", "mg a v R200 C1", "mg a v T50 t C1", "md a I C1", "mg a v f c C3",
            "mg a v C", "mg a v Cx", "mg a v C-1", "mg a v C+1", "mg a v C1x", "mg a v C18446744073709551615", "mg a v C18446744073709551616", "mg a v C1 C1", "mg YQ== b v k C3",
        ],
        ["mg hit state"] = ["set a 0 0 1", "x", "mg a h l t", "mg a h u", "mg a h", "mg a h", "me a", "set a 0 0 1", "x", "get a", "mg a h", "me a", "me n", "me", "me YQ== b", "me YQ= b", "me a b", "me a c", $"me {LongKey}"],
        ["leases"] =
        [
            "mg a N30 v t c f", "mg a N30 v t", "mg a v", "mg a N30 T60 v", "ms a 2 C1 T90 c", "hi", "mg a s v c t", "mg a R30", "mg a R100", "mg a R100", "mg a R100 N5 v", "ms a 2 T90", "ho", "mg a R100 c", "md a I T30", "mg a c v t", "mg a c v t", "ms a 2 C1", "xx", "ms a 2 C4 I c", "yy",
            "mg a v c t", "ms a 1 C1 I", "z", "mg a v c", "ms a 1 S100 C5", "z", "md a I", "md a I q", "mg a v", "mg b N0 t", "mg c N-1 t", "mg c", "mg d N30 t T60", "mg d t", "mg e T60 N30 t", "mg e t", "mg f N30 T0", "get f", "append f 0 0 1", "x", "mg f v", "incr f 1",
            "mg g t N30", "mg g N30 Oaa k", "ms g 1 MR", "v", "mg g v", "md g I", "set g 0 0 1", "w", "mg g v", "ms h 0", "", "mg h R30", "mg i R30 N30", "mg i T20 R30", "touch i 50", "mg i R100", "mg j N30 Oxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "mg j v",
        ],
        ["ms"] =
        [
            "ms", "ms a", "ms a x", "ms a -1", "ms a 2147483647", "ms a 1", "x", "ms a 1 c k O9 b", "x", "ms a 2 c O9 k F5 T50", "xy", "mg a v f t", "ms a 1 q", "z", "ms a 1 q k", "z", "ms a 1 ME", "z", "ms a 1 ME q O1", "z", "ms new 1 ME c", "z", "ms a 1 MA", "1", "ms a 1 MP c", "0", "mg a v f t c",
            "ms a 1 MR", "r", "ms none 1 MR", "r", "ms none 1 MA k", "r", "ms none 1 MP", "r", "ms a 1 MS", "s", "ms a 1 MX", "s", "ms a 1 M", "s", "ms a 1 Mset", "s", "ms a 1 Me", "s", "ms a 1 C99999", "s", "ms a 1 C99999 c k q", "s", "ms none 1 C5 O1", "s", "ms a 1 MA C99999", "s", "ms a 1 ME C1", "s", "ms a 1 MR C1", "s",
            "ms a 1 C0", "s", "ms a 1 Cx", "s", "ms a 1 Fx", "s", "ms a 1 Tx", "s", "ms a 1 c c", "s", "ms a 1 !", "s", $"ms a 1 {LongOpaque}", "s", $"ms a 1 {LongestOpaque} k c", "s", "ms a 2", "abc", "ms a 2 q", "abcd", "ms a 1 I", "i", "mg a v", $"ms {LongKey} 9", "mg victim", "ms a 1 T-1", "x", "mg a",
            "ms a S100", "ms a 1 s", "x", "ms a 1 v t h", "x", "ms a 1 a", "x", "ms a 5 k s t v c f h l O1 q u T1 N1 R1 b P1 L1", "12345", "mg a v",
        ],
        ["md"] =
        [
            "md", "md n", "md n q", "md n k O1", "ms a 1", "x", "md a C999 k O1", "md a Cx", "md a q", "mg a", "ms a 1", "x", "md a k O1", "ms a 1 c", "x", "md a z", "md a v v", $"md a {LongOpaque}", "mg a v", $"md {LongKey}", "md a I T20", "mg a t c", "md a T50", "mg a", "ms a 1 c", "x", "md a I", "md a I C1", "mg a t c v",
            "ms a 1 MA", "y", "mg a c v", "ms a 1 T100", "x", "md a I", "ms a 1 MA", "y", "mg a v t", "set n 0 0 1", "5", "md n I", "incr n 1", "mg n v", "incr n 50", "mg n v", "md a k s t v c f h l O1 q u T1 N1 R1 b P1 L1",
        ],
        ["ma"] =
        [
            "ma", "ma n", "ma n q k O1", "ma n N30 J13 v t c", "mn", "ma n v", "mn", "ma n D5 v c t k O1", "mn", "ma n MD D3 v", "mn", "ma n M- D100 v", "mn", "ma n MI v", "mn", "ma n M+ v", "mn", "ma n Mi", "ma n MX", "ma n M", "ma n Dx", "ma n Jx", "ma n z", "ma n v v", "ma n q", "mn", "ma n q v", "mn", "mg n v", "mn", "ma n C1 k", "ma n Cx", "ma n T60 v t",
            "mn", "mg n t", "mn", "ma n D1000 T90 t v c", "mn", "mg n t v c", "mn", "set s 0 0 3", "abc", "ma s", "ma s q", "ma s C1", "set s 0 0 0", "", "ma s C1", "ma s", "ma m N0 J18446744073709551615 q v", "mn", "ma m v", "mn", "mg m v t", "mn", "ma m N1 J5 v", "mn", $"ma m {LongOpaque}", "mn", $"ma z {LongOpaque}", "mg m v", "mn", $"ma {LongKey}", "ma bQ== b k v", "mn", "ma bQ= b k v",
            "ma bWlzcw== b k v", "ma bmV3 b k v N0", "mn", "mg new k v", "mn", "ma m k s t v c f h l O1 q u T1 N1 R1 b P1 L1", "mn", "ma m D-1 v", "ma m D-18446744073709551615 v", "mn", "ma m N-1 v", "mn", "ma gone N-1 v t", "mn",
        ],
        ["base64 keys"] =
        [
            "ms Zm9v 3 b k c", "abc", "mg foo v k", "mg Zm9v b v k Ox", "get foo", "me foo", "me Zm9v b", "ms AAEC/w== 1 b k", "x", "mg AAEC/w== b k v", "mg AAEC/v== b k v", "md AAEC/w== b k", "mg AAEC/w== b k v", "mg Zm9v= b", "mg Zm9 b", "mg Z!m9v b k", "mg Zg== b k", "mg Z=== b k", "mg ==== b k", "mg Zg==Zg== b k",
            "mg =AAA b k", "ms bar 1", "x", "mg YmFy b k v", "append foo 0 0 1", "x", "mg foo k v", "ms Zm9v 1 b MA k", "y", "mg foo k", "mg dml2 b N30 k v", "mg viv k", "ms Zm9v 3 b", "abc", "md Zm9v b I k", "mg Zm9v b k v", "mg Zm9v k b v b", "ms !!!! 1 b", "x", "md !!!! b", "ma !!!! b",
        ],
        ["mn"] = ["mn", "mn a b", "mg a q", "mg b q", "mn", "ms a 1 q", "x", "md b q", "md a q", "mn"],
        ["lone line feeds"] = ["set a 0 0 1\nx", "get a\nget a", "mg a v\nmn\n", "ms a 2\nab", "mg a v"],
    };
}
