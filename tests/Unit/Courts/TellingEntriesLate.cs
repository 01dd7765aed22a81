using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>What happened last counts, whichever was entered last; and an entry that is sent twice is one.</summary>
public sealed class TellingEntriesLate : ParticipationSpec
{
    public static TheoryData<int> Facts => [.. Enumerable.Range(0, EveryActiveFact.Length)];

    [Fact]
    public void Whom_the_screening_that_happened_last_rules_out_is_not_accepted()
    {
        GivenScreened();
        DaysPass(50);
        Recorded(Screening(ScreeningKind.Legal, ScreeningResult.DoesNotMeet), at: Clock.AddDays(-20));
        Recorded(Screening(ScreeningKind.Legal), at: Clock.AddDays(-40));

        Record(new EligibilityDetermined(true, "eligible"), at: Clock.AddDays(-5)).ShouldBeRefused(ParticipationRejections.ScreeningNotMet("legal"));
        Recorded(Screening(ScreeningKind.Legal), at: Clock.AddDays(-20));
        Record(new EligibilityDetermined(true, "eligible"), at: Clock.AddDays(-5)).Rejection.ShouldBeNull("of one time the one told last is the last");
    }

    [Fact]
    public void A_screening_of_a_day_is_the_last_of_that_day_where_it_was_told_last()
    {
        GivenScreened();
        DaysPass(50);
        var day = new When(Clock.AddDays(-20), TimePrecision.Day, Clock, Clock.AddDays(-19));
        Recorded(Screening(ScreeningKind.Legal, ScreeningResult.DoesNotMeet), at: Clock.AddDays(-20).AddHours(9));
        RecordOn(Screening(ScreeningKind.Legal), day).Rejection.ShouldBeNull();
        State.Screenings[ScreeningKind.Legal].Result.ShouldBe(ScreeningResult.Meets);

        Recorded(Screening(ScreeningKind.Legal, ScreeningResult.Inconclusive), at: Clock.AddDays(-20).AddHours(5));
        State.Screenings[ScreeningKind.Legal].Result.ShouldBe(ScreeningResult.Inconclusive);
    }

    /// <summary>Read back from the store, a list is of another type than on its way in.</summary>
    [Theory]
    [MemberData(nameof(Facts))]
    public void An_entry_that_is_sent_twice_is_one_also_once_it_was_stored(int place)
    {
        var fact = EveryActiveFact[place];
        var before = new TellingEntriesLate();
        before.GivenAdmitted();
        before.Recorded(fact, entry: Id(7));
        Given([.. before.State.Log.Select(entry => entry with { DecidedBy = entry.DecidedBy.ToList() })]);

        Record(fact, entry: Id(7)).ShouldBeAlreadyDone();
        Record(fact, entry: Id(7), by: ["judge-4", "coord-1"]).Rejection!.Code.ShouldBe("court-entry-told-differently");
    }
}
