using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

/// <summary>Given what is recorded of one overdose, when someone asks, then these facts are recorded or the answer is no.</summary>
public abstract class OverdoseSpec
{
    protected static readonly Guid OverdoseId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");
    protected static readonly Guid OtherClient = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c2");

    protected static readonly DateTimeOffset OccurredAt = new(2026, 6, 1, 22, 0, 0, TimeSpan.FromHours(-5));
    protected static readonly DateTimeOffset LearnedAt = new(2026, 6, 2, 8, 30, 0, TimeSpan.FromHours(-5));
    protected static readonly DateTimeOffset Now = new(2026, 6, 2, 9, 0, 0, TimeSpan.FromHours(-5));
    protected static readonly DateTimeOffset Ahead = Now.AddMinutes(6);

    protected static readonly When Then = new(OccurredAt, TimePrecision.Minute, LearnedAt);
    protected static readonly When Later = When.At(Now);

    protected static readonly OverdoseDetails Details = new(
        Fatality.NonFatal, Certainty.Suspected, ["fentanyl", "xylazine"], NaloxoneGiven: true, NaloxoneDoses: 2, Area: "Dane");

    protected OverdoseState State { get; private set; } = OverdoseState.Initial;

    protected void Given(params IEnumerable<OverdoseEvent> history) => State = history.Aggregate(State, OverdoseState.Evolve);

    protected static OverdoseReported Reported(OverdoseDetails? details = null) =>
        new OverdoseReported(details ?? Details, OverdoseSource.Police, "mpd", Sealed<string>.Of("Found by a neighbour."))
        {
            OverdoseId = OverdoseId,
            ClientId = ClientId,
        }.At(Then);

    protected static OverdoseReported ReportedOfSomebody() => Reported() with { ClientId = null };

    protected static OverdosePersonIdentified Identified() =>
        new OverdosePersonIdentified(IdentifiedBy.Family) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Later);

    protected static OverdoseConfirmed Confirmed() =>
        new OverdoseConfirmed(ConfirmedBy.Hospital) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Later);

    protected static OverdoseRuledOut RuledOut() =>
        new OverdoseRuledOut(Sealed<string>.Of("A seizure.")) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Later);

    protected static OverdoseFatalityConfirmed Died() =>
        new OverdoseFatalityConfirmed(ConfirmedBy.Coroner) { OverdoseId = OverdoseId, ClientId = ClientId }.At(Later);
}
