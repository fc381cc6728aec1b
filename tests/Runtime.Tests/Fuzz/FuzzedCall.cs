using System.Text;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Fuzz;

/// <summary>One operation, a reply which a server may give to it, and what became of it.</summary>
/// <param name="Operation">The operation, ready to be sent.</param>
/// <param name="Reply">A well-formed reply.</param>
/// <param name="IsCompleted">Whether the result is there.</param>
/// <param name="Outcome">Takes the result, as text.</param>
/// <param name="Expected">The result of the well-formed reply; null: any.</param>
internal sealed record FuzzedCall(Operation Operation, string Reply, Func<bool> IsCompleted, Func<string> Outcome, string? Expected = null)
{
    private static readonly ValuePipeline Pipeline = new(ValueDialect.Pecl, new CompressionOptions());

    /// <summary>Makes a call and its reply.</summary>
    /// <param name="random">Decides both.</param>
    /// <param name="number">The call's place; its key and its value name it.</param>
    public static FuzzedCall Next(Random random, int number) => random.Next(11) switch
    {
        < 3 => Get(random, number),
        10 => Near(random, number),
        3 => Lease(random, number),
        4 => LeaseBatch(random, number),
        < 6 => Batch(random, number),
        6 => Counter(random, number),
        7 => Lines(random),
        _ => Status(random, number),
    };

    // Now and then longer than what a connection receives at once.
    private static string ValueOf(Random random, int number) =>
        $"value of {number} " + new string('v', random.Next(2000) == 0 ? 70_000 : random.Next(40));

    // The same token in each run, so that an input is the same bytes.
    private static void Begin(Operation operation, Verb verb, int number)
    {
        operation.Begin(verb, KeyOf(number));
        operation.Request.Opaque = 1_234_500_000 + (uint)number;
    }

    private static byte[] KeyOf(int number) => Encoding.ASCII.GetBytes($"key-{number}");

    private static FuzzedCall Get(Random random, int number)
    {
        var operation = OperationPool<ReadOperation<string>>.Rent();
        Begin(operation, Verb.Get, number);
        operation.Request.WantsCas = random.Next(2) == 0;
        operation.Decode(CacheCodecs.String, Pipeline);
        var value = ValueOf(random, number);
        var cas = operation.Request.WantsCas ? $" c{random.NextInt64()}" : "";
        var hit = random.Next(4) > 0;
        var reply = hit ? $"VA {value.Length} f0{cas} O{operation.Request.Opaque}\r\n{value}\r\n" : $"EN O{operation.Request.Opaque}\r\n";
        var result = operation.AsValue();
        return new(operation, reply, () => result.IsCompleted, () => result.GetAwaiter().GetResult() ?? "miss", hit ? value : "miss");
    }

    private static FuzzedCall Near(Random random, int number)
    {
        var operation = OperationPool<ReadOperation<string>>.Rent();
        Begin(operation, Verb.GetNear, number);
        operation.Request.Cas = random.Next(4) == 0 ? 0 : (ulong)random.NextInt64(1, long.MaxValue);
        operation.Decode(CacheCodecs.String, Pipeline);
        var value = ValueOf(random, number);
        var opaque = operation.Request.Opaque;
        var (reply, expected) = random.Next(4) switch
        {
            0 => ($"EN O{opaque}\r\n", "Miss "),
            1 when operation.Request.Cas != 0 => ($"HD f0 t{random.Next(100)} c{operation.Request.Cas}{(random.Next(2) == 0 ? " Z" : "")} O{opaque}\r\n", "Unchanged "),
            _ => ($"VA {value.Length} f0 t{random.Next(100)} c{random.NextInt64()} O{opaque}\r\n{value}\r\n", $"Ok {value}"),
        };
        var result = operation.AsNearRead();
        return new(operation, reply, () => result.IsCompleted, () => Shown(result.GetAwaiter().GetResult()), expected);
    }

    private static string Shown(NearRead<string> read) => $"{read.Code} {read.Value}";

    private static FuzzedCall Lease(Random random, int number)
    {
        var operation = OperationPool<ReadOperation<string>>.Rent();
        Begin(operation, Verb.GetOrLease, number);
        operation.Request.WantsCas = true;
        operation.Decode(CacheCodecs.String, Pipeline);
        var value = random.Next(3) == 0 ? "" : ValueOf(random, number);
        string[] marks = value.Length == 0 ? [" W", " Z", " X W", " Z X"] : ["", " W", " Z", " X W", " Z X"];
        var reply = $"VA {value.Length} f0 c{random.NextInt64()}{marks[random.Next(marks.Length)]} O{operation.Request.Opaque}\r\n{value}\r\n";
        var result = operation.AsLeaseRead();
        return new(operation, reply, () => result.IsCompleted, () => Shown(result.GetAwaiter().GetResult()), value.Length == 0 ? "miss" : value);
    }

    private static string Shown(LeaseRead<string> read) => read.HasValue ? read.Value! : "miss";

    private static FuzzedCall Batch(Random random, int number)
    {
        var operation = BatchReadOperation.Rent(Verb.GetBatch);
        var reply = new StringBuilder();
        var keys = random.Next(1, 5);
        for (var i = 0; i < keys; i++)
        {
            operation.Keys.Add(KeyOf((10 * number) + i));
            if (random.Next(3) > 0)
            {
                var value = ValueOf(random, (10 * number) + i);
                reply.Append($"VALUE key-{(10 * number) + i} 0 {value.Length}\r\n{value}\r\n");
            }
        }

        var result = operation.AsTask();
        return new(operation, reply.Append("END\r\n").ToString(), () => result.IsCompleted, () => Values(operation, result));
    }

    private static FuzzedCall LeaseBatch(Random random, int number)
    {
        var operation = BatchReadOperation.Rent(Verb.GetOrLeaseBatch);
        operation.Request.Opaque = (uint)(1000 + (10 * number));
        var reply = new StringBuilder();
        var keys = random.Next(1, 5);
        for (var i = 0; i < keys; i++)
        {
            operation.Keys.Add(KeyOf((10 * number) + i));
            var value = random.Next(3) == 0 ? "" : ValueOf(random, (10 * number) + i);
            var opaque = $" O{operation.Request.OpaqueOf(i)}";
            reply.Append(random.Next(4) switch
            {
                0 => $"EN{opaque}\r\n",
                1 => $"VA {value.Length} f0 c{random.NextInt64()} W{opaque}\r\n{value}\r\n",
                _ => $"VA {value.Length} f0 c{random.NextInt64()}{opaque}\r\n{value}\r\n",
            });
        }

        var result = operation.AsTask();
        return new(operation, reply.ToString(), () => result.IsCompleted, () => Values(operation, result));
    }

    private static string Values(BatchReadOperation operation, ValueTask result)
    {
        try
        {
            result.GetAwaiter().GetResult();
            return string.Join(';', operation.Values.Hits.Select(hit => $"{hit.Position} {hit.Flags} {Encoding.Latin1.GetString(operation.Values.PayloadOf(hit).Span)}"));
        }
        finally
        {
            operation.Finish();
        }
    }

    private static FuzzedCall Counter(Random random, int number)
    {
        var operation = OperationPool<CounterOperation>.Rent();
        Begin(operation, Verb.Increment, number);
        operation.Request.Delta = 1;
        var value = $"{random.NextInt64() >> random.Next(63)}";
        var reply = random.Next(3) switch
        {
            0 => $"NF O{operation.Request.Opaque}\r\n",
            1 => "SERVER_ERROR out of memory in incr\r\n",
            _ => $"VA {value.Length} O{operation.Request.Opaque}\r\n{value}\r\n",
        };
        var result = operation.AsExisting();
        return new(operation, reply, () => result.IsCompleted, () => $"{result.GetAwaiter().GetResult()}");
    }

    private static FuzzedCall Lines(Random random)
    {
        var verb = random.Next(2) == 0 ? Verb.Version : Verb.Stats;
        var operation = new LinesOperation();
        operation.Begin(verb, default);
        var result = operation.AsLines();
        return new(
            operation,
            verb == Verb.Version ? "VERSION 1.6.18\r\n" : "STAT pid 7\r\nSTAT version 1.6.18\r\nEND\r\n",
            () => result.IsCompleted,
            () => string.Join(';', result.GetAwaiter().GetResult()));
    }

    private static FuzzedCall Status(Random random, int number)
    {
        var (verb, codes) = random.Next(6) switch
        {
            0 => (Verb.Add, "HD NS"),
            1 => (Verb.CompareAndSet, "HD EX NF"),
            2 => (Verb.Delete, "HD NF"),
            3 => (Verb.Invalidate, "HD EX NF"),
            4 => (Verb.Release, "HD EX NF"),
            _ => (Verb.Exists, "HD EN"),
        };
        var operation = OperationPool<StatusOperation>.Rent();
        Begin(operation, verb, number);
        var choices = codes.Split(' ');
        var size = verb == Verb.Exists ? " s12" : "";
        var reply = random.Next(10) == 0
            ? "SERVER_ERROR out of memory storing object\r\n"
            : $"{choices[random.Next(choices.Length)]}{size} O{operation.Request.Opaque}\r\n";
        var result = operation.AsCasResult();
        return new(operation, reply, () => result.IsCompleted, () => $"{result.GetAwaiter().GetResult()}");
    }
}
