namespace TypedCache.Tests.Pool.Moves;

/// <summary>
/// All orders in which the requests of three calls can arrive, each of a process in one of two phases that may overlap: nobody sees a
/// value that is older than a delete or a set that has ended.
/// </summary>
public sealed class MoveModelTests
{
    private static readonly ModelCall[] Calls = [ModelCall.Read, ModelCall.GetOrCreate, ModelCall.Set, ModelCall.Delete, ModelCall.Evict];

    public static TheoryData<ModelPhase, ModelPhase> Overlaps => new()
    {
        { ModelPhase.Before, ModelPhase.Prepare },
        { ModelPhase.Prepare, ModelPhase.Warm },
        { ModelPhase.Warm, ModelPhase.Closing },
        { ModelPhase.Closing, ModelPhase.Done },
    };

    [Theory]
    [MemberData(nameof(Overlaps))]
    public void No_order_shows_what_was_deleted_or_replaced(ModelPhase earlier, ModelPhase later)
    {
        var schedules = 0L;
        foreach (var agents in Agents(earlier, later))
        {
            schedules += Explore(agents, static () => new MoveModel(), later, out var fault);
            Assert.True(fault is null, fault);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{schedules} orders of {earlier} and {later}");
        Assert.True(schedules > 1000);
    }

    [Fact]
    public void The_model_finds_what_the_other_order_does()
    {
        foreach (var agents in Agents(ModelPhase.Warm, ModelPhase.Closing))
        {
            Explore(agents, static () => new MoveModel { NewerServerFirst = true }, ModelPhase.Closing, out var fault);
            if (fault is not null)
            {
                return;
            }
        }

        Assert.Fail("Whoever removes at the newer server first leaves there what is copied meanwhile.");
    }

    [Fact]
    public void The_model_finds_what_a_process_does_that_does_not_hear_of_the_change_in_time()
    {
        foreach (var agents in Agents(ModelPhase.Before, ModelPhase.Warm))
        {
            Explore(agents, static () => new MoveModel(), ModelPhase.Warm, out var fault);
            if (fault is not null)
            {
                return;
            }
        }

        Assert.Fail("A process before the change and one that reads the new server first do not agree.");
    }

    private static IEnumerable<(ModelPhase Phase, ModelCall Call)[]> Agents(ModelPhase earlier, ModelPhase later)
    {
        (ModelPhase, ModelCall)[] all = [.. Calls.SelectMany(call => new[] { (earlier, call), (later, call) })];
        for (var i = 0; i < all.Length; i++)
        {
            for (var j = i; j < all.Length; j++)
            {
                for (var k = j; k < all.Length; k++)
                {
                    yield return [all[i], all[j], all[k]];
                }
            }
        }
    }

    // Each order is run from its beginning: the choices of the one before, with the last that can be raised by one.
    private static long Explore((ModelPhase Phase, ModelCall Call)[] agents, Func<MoveModel> create, ModelPhase later, out string? fault)
    {
        var choices = new List<(int Taken, int Of)>();
        for (var count = 1L; ; count++)
        {
            fault = RunOnce(agents, create(), later, choices);
            if (fault is not null)
            {
                fault = $"{string.Join(", ", agents)} in the order {string.Join(' ', choices.Select(choice => choice.Taken))}: {fault}";
                return count;
            }

            while (choices.Count > 0 && choices[^1].Taken + 1 == choices[^1].Of)
            {
                choices.RemoveAt(choices.Count - 1);
            }

            if (choices.Count == 0)
            {
                return count;
            }

            choices[^1] = (choices[^1].Taken + 1, choices[^1].Of);
        }
    }

    private static string? RunOnce((ModelPhase Phase, ModelCall Call)[] agents, MoveModel model, ModelPhase later, List<(int Taken, int Of)> choices)
    {
        var running = agents.Select(agent => model.Run(agent.Phase, agent.Call)).ToList();
        for (var step = 0; running.Count > 0; step++)
        {
            if (step == choices.Count)
            {
                choices.Add((0, running.Count));
            }

            var next = running[choices[step].Taken];
            if (!model.Step(next))
            {
                running.Remove(next);
            }
        }

        // What is read afterwards, by those who are where they were, and by all when they have gone on.
        for (var phase = agents.Min(agent => agent.Phase); phase <= ModelPhase.Done && model.Fault is null; phase++)
        {
            foreach (var call in new[] { ModelCall.Read, ModelCall.GetOrCreate })
            {
                for (var read = model.Run(phase, call); model.Step(read);)
                {
                }
            }
        }

        return model.Fault;
    }
}
