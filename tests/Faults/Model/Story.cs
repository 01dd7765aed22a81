using FsCheck;
using FsCheck.Fluent;

namespace CaseFlow.Faults.Model;

/// <summary>What happens to a store, drawn at random: small things, so that a failing story shrinks to a short one.</summary>
internal abstract record Step
{
    /// <summary>Appends asked for at the same time, mostly one.</summary>
    /// <param name="Meanwhile">What else goes on.</param>
    /// <param name="Breaks">What breaks in the midst of it, if anything.</param>
    public sealed record Ask(IReadOnlyList<Wish> Wishes, Meanwhile Meanwhile, Break? Breaks) : Step
    {
        public override string ToString() =>
            $"Ask [{string.Join(" | ", Wishes)}]{(Meanwhile is Meanwhile.Nothing ? "" : $" while {Meanwhile}")}{(Breaks is null ? "" : $" and {Breaks}")}";
    }

    /// <summary>Events are placed and the views moved to the end.</summary>
    public sealed record CatchUp : Step;

    /// <summary>The views are built from nothing; their rows must not change.</summary>
    public sealed record Rebuild : Step;

    /// <summary>The program ends without a word and another begins on the same database.</summary>
    public sealed record Restart : Step;
}

internal enum Meanwhile
{
    Nothing,
    ViewsMove,
    ViewsAreRebuilt,
}

/// <summary>Every session of the program is terminated.</summary>
/// <param name="After">So many tenths of a millisecond after everything was asked for.</param>
/// <param name="Kills">The program is gone with them, its answers too, and another begins; otherwise it goes on and has an answer to everything.</param>
internal sealed record Break(int After, bool Kills)
{
    public override string ToString() => $"{(Kills ? "the program is killed" : "its sessions end")} after {After}";
}

/// <summary>One append.</summary>
/// <param name="Tenant">Which of two; their streams and keys have the same names.</param>
/// <param name="Parts">The streams it names, each once.</param>
/// <param name="Key">Its idempotency key; null for none.</param>
/// <param name="Repeats">Instead of all that: exactly an append asked for before, with the same event ids; 0 is the last.</param>
internal sealed record Wish(int Tenant, IReadOnlyList<Part> Parts, int? Key, int? Repeats)
{
    public override string ToString() => Repeats is { } before ? $"again {before}" : $"{string.Join(" & ", Parts)} of {Tenant}{(Key is { } key ? $" key {key}" : "")}";
}

/// <param name="Stream">Which of a few.</param>
/// <param name="Expected">What is expected of it.</param>
/// <param name="Count">How many events; 0 is a guard.</param>
internal sealed record Part(int Stream, Expectation Expected, int Count)
{
    public override string ToString() => $"{Count} to {Stream} at {Expected}";
}

internal enum Expectation
{
    Any,
    Nothing,
    AsItIs,
    OneLess,
    OneMore,
}

internal static class Stories
{
    private const int Streams = 3;
    private const int Keys = 4;

    public static Arbitrary<Step[]> Any => Arb.From(Steps.ArrayOf(), Shorter);

    private static Gen<Part> Parts =>
        from stream in Gen.Choose(0, Streams - 1)
        from expected in Gen.Frequency(
            (5, Gen.Constant(Expectation.Any)), (3, Gen.Constant(Expectation.AsItIs)), (2, Gen.Constant(Expectation.Nothing)),
            (1, Gen.Constant(Expectation.OneLess)), (1, Gen.Constant(Expectation.OneMore)))
        from count in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Constant(1)), (2, Gen.Constant(3)))
        select new Part(stream, expected, count);

    private static Gen<Wish> Wishes =>
        from parts in Gen.Frequency((4, Parts.ArrayOf(1)), (2, Parts.ArrayOf(2)), (1, Parts.ArrayOf(3)))
        from key in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, from key in Gen.Choose(0, Keys - 1) select (int?)key))
        from repeats in Gen.Frequency((7, Gen.Constant<int?>(null)), (1, from before in Gen.Choose(0, 3) select (int?)before))
        from tenant in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Constant(1)))
        select new Wish(tenant, [.. parts.DistinctBy(part => part.Stream)], key, repeats);

    private static Gen<Step> Asks =>
        from wishes in Gen.Frequency((8, Wishes.ArrayOf(1)), (3, Wishes.ArrayOf(2)), (2, Wishes.ArrayOf(3)))
        from meanwhile in Gen.Frequency(
            (16, Gen.Constant(Meanwhile.Nothing)), (3, Gen.Constant(Meanwhile.ViewsMove)), (1, Gen.Constant(Meanwhile.ViewsAreRebuilt)))
        from breaks in Gen.Frequency(
            (2, Gen.Constant<Break?>(null)), (1, from after in Gen.Choose(0, 20) from kills in Gen.Elements(true, true, false) select new Break(after, kills)))
        select (Step)new Step.Ask(wishes, meanwhile, breaks);

    private static Gen<Step> Steps => Gen.Frequency(
        (13, Asks),
        (2, Gen.Constant<Step>(new Step.CatchUp())),
        (1, Gen.Constant<Step>(new Step.Rebuild())),
        (1, Gen.Constant<Step>(new Step.Restart())));

    private static IEnumerable<Step[]> Shorter(Step[] story)
    {
        if (story.Length > 3)
        {
            yield return story[..(story.Length / 2)];
            yield return story[(story.Length / 2)..];
        }

        for (var n = 0; n < story.Length; n++)
            yield return [.. story[..n], .. story[(n + 1)..]];
        for (var n = 0; n < story.Length; n++)
        {
            if (story[n] is not Step.Ask ask)
                continue;
            if (ask.Breaks is not null)
                yield return With(n, ask with { Breaks = null });
            if (ask.Meanwhile is not Meanwhile.Nothing)
                yield return With(n, ask with { Meanwhile = Meanwhile.Nothing });
            for (var wish = 0; ask.Wishes.Count > 1 && wish < ask.Wishes.Count; wish++)
                yield return With(n, ask with { Wishes = [.. ask.Wishes.Where((_, at) => at != wish)] });
        }

        Step[] With(int at, Step other) => [.. story[..at], other, .. story[(at + 1)..]];
    }
}
