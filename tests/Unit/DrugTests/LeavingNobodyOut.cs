using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Projections;
using CaseFlow.Unit.Http.Toy;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.DrugTests;

/// <summary>Everybody of a court's roster is drawn or left out with a reason, and whoever checks finds who is not (R31).</summary>
public sealed class LeavingNobodyOut : SelectionSpec
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly CourtInForce Court = new(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []), 3);
    private static readonly Guid Robin = Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1");
    private static readonly Guid Kim = Guid.Parse("0195d6c4-0000-8000-8000-0000000000d2");

    private static readonly PoolMember InFirstPhase = new(12, ParticipationStage.Admitted, "acute-stabilization", MayBeDrawn: true);

    [Fact]
    public void Whoever_holds_a_place_and_takes_part_is_a_candidate_with_the_odds_of_their_phase()
    {
        var pool = DayPool.Of(Asked(Robin, InFirstPhase with { Phase = "recovery-management" }));

        pool.Candidates.ShouldBe([new PoolCandidate(Robin, new SelectionOdds(1, 7), 12)]);
        (pool.LeftOut.Count, pool.PlacesVersion, pool.RosterVersion).ShouldBe((0, 5, 4));
    }

    /// <summary>What a court says of all its phases counts where one of them says nothing, and before the first.</summary>
    [Theory]
    [InlineData("silent", 3, 10)]
    [InlineData(null, 3, 10)]
    [InlineData("no-such-phase", 3, 10)]
    [InlineData("speaking", 5, 7)]
    public void Where_no_phase_says_how_often_the_courts_own_odds_count(string? phase, int chances, int of)
    {
        var rules = Court.Configuration with
        {
            Tests = Court.Configuration.Tests! with { SelectedDays = 3, OfDays = 10 },
            Phases = [new CourtPhase("silent", "Silent", [], 0, 0, 14), new CourtPhase("speaking", "Speaking", [], 0, 0, 14, TestsPerWeek: 5)],
        };

        DayPool.Of(Asked(Robin, InFirstPhase with { Phase = phase }) with { Court = new CourtInForce(rules, 1) }).Candidates.Single().Odds.ShouldBe(new SelectionOdds(chances, of));
    }

    public static TheoryData<string, LeftOutReason> Reasons => new()
    {
        { "no-version", LeftOutReason.CourtWithoutTests },
        { "no-tests", LeftOutReason.CourtWithoutTests },
        { "never-begun", LeftOutReason.TestingNotBegun },
        { "taken-out", LeftOutReason.TestingEnded },
        { "from-tomorrow", LeftOutReason.BeginsLater },
        { "phase-without", LeftOutReason.PhaseWithoutTests },
        { "over", LeftOutReason.ParticipationOver },
        { "persons-record", LeftOutReason.PersonsRecord },
        { "phase-without-and-persons-record", LeftOutReason.PhaseWithoutTests },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Whoever_is_left_out_is_named_with_the_reason(string what, LeftOutReason reason)
    {
        var asked = Asked(Robin, InFirstPhase);
        var without = Court.Configuration with { Phases = [Court.Configuration.Phases[0] with { TestsPerWeek = 0 }] };
        var pool = DayPool.Of(what switch
        {
            "no-version" => asked with { Court = null },
            "no-tests" => asked with { Court = new CourtInForce(without with { Tests = null }, 4) },
            "never-begun" => asked with { Roster = TestingRosterState.Initial },
            "taken-out" => asked with { Roster = TestingRosterState.Evolve(asked.Roster, new RandomTestingEnded(TestingEndReason.OrderedByCourt) { Court = "drug-court", ParticipationId = Robin, ClientId = default }) },
            "from-tomorrow" => asked with { Day = Day.AddDays(-1), Roster = Taking(Day, Robin) },
            "phase-without" => asked with { Court = new CourtInForce(without, 4) },
            "over" => Asked(Robin, InFirstPhase with { Stage = ParticipationStage.Withdrawn }),
            "persons-record" => Asked(Robin, InFirstPhase with { MayBeDrawn = false }),
            _ => Asked(Robin, InFirstPhase with { MayBeDrawn = false }) with { Court = new CourtInForce(without, 4) },
        });

        pool.Candidates.ShouldBeEmpty();
        pool.LeftOut.ShouldBe([new LeftOutParticipation(Robin, reason, 12)]);
    }

    /// <summary>Who is out of the court altogether is nobody's to draw; whom the register passed by is drawn all the same.</summary>
    [Fact]
    public void The_roster_is_who_holds_a_place_and_who_takes_part_and_is_admitted()
    {
        var asked = Asked(Robin, InFirstPhase) with { Places = [] };

        DayPool.Of(asked).Candidates.ShouldHaveSingleItem();
        DayPool.Of(asked with { Members = new Dictionary<Guid, PoolMember> { [Robin] = InFirstPhase with { Stage = ParticipationStage.Graduated } } }).LeftOut.ShouldBeEmpty();
    }

    /// <summary>Kept for ever: whoever hashed a list in 2026 hashes the same in 2036, with nothing of ours.</summary>
    [Fact]
    public void The_list_is_hashed_as_it_is_documented()
    {
        var draw = DrawOf(PoolOf());

        const string Text = """
            pool/2 drug-court 2026-03-10 places 5 roster 4 court 3
            0195d6c4-0000-8000-8000-0000000000d1 2/7 @12
            0195d6c4-0000-8000-8000-0000000000d2 left-out testing-not-begun @12

            """;
        DayPool.TextOf(draw).ShouldBe(Text.ReplaceLineEndings("\n"));
        draw.Pool!.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n")))));
        draw.Participations.Single().Version.ShouldBe(12);
    }

    [Fact]
    public void A_list_that_the_log_bears_out_holds()
    {
        var proof = PoolProof.Of(DrawOf(PoolOf()), PoolOf(), 3);

        (proof.Holds, proof.IsKept, proof.Format).ShouldBe((true, true, 2));
    }

    [Fact]
    public void Whoever_was_left_out_without_a_reason_is_named()
    {
        var draw = DrawOf(PoolOf() with { LeftOut = [] });

        var proof = PoolProof.Of(draw, PoolOf(), 3);

        (proof.Holds, proof.HashMatches).ShouldBe((false, true), "whoever leaves somebody out can hash the shorter list");
        proof.Missing.ShouldBe([Kim]);
    }

    [Fact]
    public void Whoever_was_drawn_without_being_of_the_court_is_named()
    {
        var proof = PoolProof.Of(DrawOf(PoolOf()), PoolOf() with { Candidates = [] }, 3);

        (proof.Holds, proof.Unfounded.Single()).ShouldBe((false, Robin));
    }

    [Theory]
    [InlineData(LeftOutReason.PersonsRecord)]
    [InlineData(LeftOutReason.PhaseWithoutTests)]
    public void A_reason_that_the_log_does_not_bear_out_is_shown_beside_the_right_one(LeftOutReason told)
    {
        var proof = PoolProof.Of(DrawOf(PoolOf() with { LeftOut = [new LeftOutParticipation(Kim, told, 12)] }), PoolOf(), 3);

        (proof.Holds, proof.Differing.Single().ParticipationId, proof.Differing.Single().Found).ShouldBe((false, Kim, "left-out testing-not-begun"));
    }

    [Fact]
    public void Odds_that_were_not_those_of_the_phase_show_and_so_does_whoever_is_drawn_and_left_out()
    {
        var raised = PoolProof.Of(DrawOf(PoolOf() with { Candidates = [new PoolCandidate(Robin, new SelectionOdds(7, 7), 12)] }), PoolOf(), 3);
        raised.Differing.ShouldBe([new PoolDifference(Robin, "7/7", "2/7")]);

        var twice = PoolProof.Of(DrawOf(PoolOf() with { LeftOut = [.. PoolOf().LeftOut, new LeftOutParticipation(Robin, LeftOutReason.TestingEnded, 12)] }), PoolOf(), 3);
        twice.Differing.ShouldBe([new PoolDifference(Robin, "2/7, left-out testing-ended", "2/7")]);
    }

    [Fact]
    public void A_list_or_a_configuration_changed_afterwards_shows()
    {
        var draw = DrawOf(PoolOf());

        PoolProof.Of(draw with { Pool = draw.Pool! with { PlacesVersion = 6 } }, PoolOf(), 3).HashMatches.ShouldBeFalse();
        PoolProof.Of(draw with { Day = Day.AddDays(1) }, PoolOf(), 3).HashMatches.ShouldBeFalse();
        PoolProof.Of(draw, PoolOf(), 4).CourtVersionMatches.ShouldBeFalse();
        PoolProof.Of(draw, PoolOf(), 4).Holds.ShouldBeFalse();
        (PoolProof.Of(draw, PoolOf(), 3) with { Stale = [Robin] }).Holds.ShouldBeFalse();
        (PoolProof.Of(draw, PoolOf(), 3) with { RegistersMatch = false }).Holds.ShouldBeFalse();
    }

    /// <summary>Draws of before are still proved; they say nothing of who was left out, and nothing is held against them.</summary>
    [Fact]
    public void A_draw_of_the_first_format_is_read_and_proved_as_ever()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Unit", "Storage", "Samples", "tests_drawn.json")))!.AsObject();
        sample.Remove("pool").ShouldBeTrue();
        sample["participations"]![0]!.AsObject().Remove("version").ShouldBeTrue();
        var draw = (TestsDrawn)ProjectionCatalogue.Codec.Decode(
            Guid.Empty, 1, SampleEvents.EventIdOf(typeof(TestsDrawn)), "tests_drawn", Encoding.UTF8.GetBytes(sample.ToJsonString()));

        (draw.Pool, draw.Participations.Single().Version).ShouldBe(((DrawnPool?)null, (long?)null));
        var proof = PoolProof.NotKept(draw);
        (proof.Holds, proof.IsKept, proof.Format).ShouldBe((true, false, 1));
        var old = Enumerable.Range(0, 31).Select(March.First.AddDays)
            .Select(day => Drawn(day, March.StartOf(day)) with { Pool = null, Participations = [.. Drawn(day, March.StartOf(day)).Participations.Select(one => one with { Version = null })] });
        DrawProof.Of(Drawing.CommitmentOf(Seed), Convert.ToHexStringLower(Seed), March.First, [.. old]).Holds.ShouldBeTrue();
    }

    [Fact]
    public void A_court_from_before_orders_had_a_limit_has_the_usual_one()
    {
        var rules = System.Text.Json.JsonSerializer.Deserialize<TestRules>(
            """{"selectedDays":2,"ofDays":7,"urineHours":8,"oralFluidHours":4,"resultHours":48,"missed":1,"refused":1,"dilute":1,"adulterated":2}""", System.Text.Json.JsonSerializerOptions.Web)!;

        rules.OrderDaysAhead.ShouldBe(31);
    }

    private static PoolQuestion Asked(Guid id, PoolMember member) => new(
        Day, Court, [id], PlacesVersion: 5, Taking(Day, id), RosterVersion: 4, new Dictionary<Guid, PoolMember> { [id] = member });

    /// <summary>Robin takes part; nobody began to draw Kim.</summary>
    private static DayPool PoolOf() => DayPool.Of(new PoolQuestion(
        Day, Court, [Kim, Robin], PlacesVersion: 5, Taking(Day, Robin), RosterVersion: 4,
        new Dictionary<Guid, PoolMember> { [Robin] = InFirstPhase, [Kim] = InFirstPhase }));

    private static TestsDrawn DrawOf(DayPool pool)
    {
        var state = new SelectionState(Drawing.CommitmentOf(Seed), Day, null, null);
        return (TestsDrawn)DrawTests.Decide(new DrawTests("drug-court", March, Seed, pool, 3), state, March.StartOf(Day)).Events.Single();
    }

    private static TestingRosterState Taking(DateOnly from, Guid id) =>
        TestingRosterState.Initial with { Tested = ImmutableSortedDictionary<Guid, TestedParticipation>.Empty.Add(id, new TestedParticipation(Guid.Empty, from)) };
}
