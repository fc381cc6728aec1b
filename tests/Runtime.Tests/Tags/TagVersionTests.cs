using TypedCache.Tags;

namespace TypedCache.Tests.Tags;

/// <summary>Versions are compared for equality, and tell an invalidation from a removal.</summary>
public sealed class TagVersionTests
{
    [Fact]
    public void A_value_stays_fresh_or_is_invalidated_or_removed_whatever_comes_after()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var stored = TagVersion.NewSeed();
            var (now, worst) = (stored, TagVerdict.Fresh);
            for (var steps = random.Next(6); steps > 0; steps--)
            {
                var isRemoval = random.Next(3) == 0;
                now = unchecked(now + (isRemoval ? TagVersion.Removal : TagVersion.Invalidation));
                var verdict = isRemoval ? TagVerdict.Removed : TagVerdict.Invalidated;
                worst = verdict > worst ? verdict : worst;
            }

            Assert.Equal(worst, TagVersion.Compare(stored, now));
        }
    }

    [Fact]
    public void A_tag_that_is_made_anew_removes_what_had_any_of_its_former_versions()
    {
        // Had a seed a clock in it, one made in the second of a removal, or by a process whose clock is late, could look like an invalidation.
        for (var i = 0; i < 10_000; i++)
        {
            var stored = TagVersion.NewSeed();
            Assert.Equal(TagVerdict.Removed, TagVersion.Compare(stored, TagVersion.NewSeed()));
            Assert.Equal(TagVerdict.Removed, TagVersion.Compare(stored, TagVersion.NewSeed() + TagVersion.Removal));
        }
    }

    [Fact]
    public void There_is_room_for_two_billion_invalidations_and_removals()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var seed = TagVersion.NewSeed();
            Assert.Equal(TagVerdict.Invalidated, TagVersion.Compare(seed, seed + ((1UL << 31) * TagVersion.Invalidation)));
            Assert.True(seed + ((1UL << 31) * TagVersion.Removal) > seed);
        }
    }

    [Fact]
    public void A_missing_tag_is_never_equal_to_anything()
    {
        Assert.Equal(TagVerdict.Removed, TagVersion.Compare(TagVersion.Missing, TagVersion.Missing));
        Assert.Equal(TagVerdict.Removed, TagVersion.Compare(TagVersion.NewSeed(), TagVersion.Missing));
    }

    [Fact]
    public void Of_many_tags_the_worst_counts_and_another_number_of_them_is_a_removal()
    {
        ulong[] stored = [TagVersion.NewSeed(), TagVersion.NewSeed(), TagVersion.NewSeed()];
        Assert.Equal(TagVerdict.Fresh, TagVersion.Compare(stored, stored));
        Assert.Equal(TagVerdict.Invalidated, TagVersion.Compare(stored, [stored[0], stored[1] + 1, stored[2]]));
        Assert.Equal(TagVerdict.Removed, TagVersion.Compare(stored, [stored[0] + TagVersion.Removal, stored[1] + 1, stored[2]]));
        Assert.Equal(TagVerdict.Removed, TagVersion.Compare(stored, stored.AsSpan(0, 2)));
    }
}
