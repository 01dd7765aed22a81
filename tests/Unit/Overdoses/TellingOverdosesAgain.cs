using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

/// <summary>Told again, what becomes of an overdose is done already only if it is the same.</summary>
public sealed class TellingOverdosesAgain() : Spec<OverdoseState, OverdoseEvent>(OverdoseState.Initial, OverdoseState.Evolve)
{
    private static readonly Guid OverdoseId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");

    [Fact]
    public void A_confirmation()
    {
        Given(Reported(Certainty.Suspected, ClientId));
        ShouldLoseNothing(new ConfirmOverdose(OverdoseId, ConfirmedBy.Hospital, When.At(Now)), ConfirmOverdose.Decide, "OverdoseId");
    }

    [Fact]
    public void A_confirmation_of_what_was_reported_as_confirmed()
    {
        Given(Reported(Certainty.Confirmed, ClientId));
        ShouldLoseNothing(new ConfirmOverdose(OverdoseId, ConfirmedBy.Hospital, When.At(Now)), ConfirmOverdose.Decide, "OverdoseId");
    }

    [Fact]
    public void A_death()
    {
        Given(Reported(Certainty.Suspected, ClientId));
        ShouldLoseNothing(
            new ConfirmOverdoseFatality(OverdoseId, ConfirmedBy.Coroner, When.At(Now)),
            (told, state, now) => ConfirmOverdoseFatality.Decide(told, state, JurisdictionPolicy.Default("safe-communities"), 1, now), "OverdoseId");
    }

    [Fact]
    public void Whose_it_is()
    {
        Given(Reported(Certainty.Suspected, clientId: null));
        ShouldLoseNothing(new IdentifyOverdosePerson(OverdoseId, ClientId, IdentifiedBy.Family, When.At(Now)), IdentifyOverdosePerson.Decide, "OverdoseId");
    }

    [Fact]
    public void A_confirmation_after_another_was_ruled_out()
    {
        Given(
            Reported(Certainty.Suspected, ClientId),
            new OverdoseConfirmed(ConfirmedBy.Hospital) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Now.AddHours(-3)),
            new OverdoseRuledOut(Sealed<string>.Of("A seizure.")) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Now.AddHours(-2)));
        ShouldLoseNothing(new ConfirmOverdose(OverdoseId, ConfirmedBy.Coroner, When.At(Now)), ConfirmOverdose.Decide, "OverdoseId");

        WhenAsked(state => ConfirmOverdose.Decide(new(OverdoseId, ConfirmedBy.Hospital, When.At(Now)), state, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void A_report() => ShouldLoseNothing(
        new ReportOverdose(OverdoseId, ClientId, Details(Certainty.Suspected), OverdoseSource.Police, "mpd", Sealed<string>.Of("Found by a neighbour."), When.At(Now.AddHours(-1))),
        Unstated(ReportOverdose.Decide), "OverdoseId", "Details", "ReportedByAgency");

    /// <summary>A report always states its time.</summary>
    private static Func<ReportOverdose, OverdoseState, DateTimeOffset, Decision<OverdoseEvent>> Unstated(
        Func<ReportOverdose, OverdoseState, DateTimeOffset, Decision<OverdoseEvent>> decide) =>
        (told, state, now) => decide(told.When == When.At(now) ? told with { When = When.At(Now.AddHours(-1)) } : told, state, now);

    private static OverdoseReported Reported(Certainty certainty, Guid? clientId) =>
        new OverdoseReported(Details(certainty), OverdoseSource.Police, "mpd", Note: null) { OverdoseId = OverdoseId, ClientId = clientId }.At(Now.AddDays(-1));

    private static OverdoseDetails Details(Certainty certainty) => new(Fatality.NonFatal, certainty, ["fentanyl"], NaloxoneGiven: true, NaloxoneDoses: 2, Area: "Dane");
}
