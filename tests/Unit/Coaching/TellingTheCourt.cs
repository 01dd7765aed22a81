using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.Coaching;

/// <summary>Attendance without content: whatever was said, with whatever words, modes, goals and coaches, the court is told the same bytes.</summary>
public sealed class TellingTheCourt : CoachingSpec
{
    private static readonly BusinessCalendar Calendar = new(JurisdictionPolicy.Default("recovery-coaches"));
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 9).Select(n => new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];

    /// <summary>One history, told with and without everything that is nobody's business.</summary>
    private static IEnumerable<CoachingEvent> History(bool inFull)
    {
        static TFact In<TFact>(TFact fact, int day)
            where TFact : CoachingEvent => fact.At(Now.AddDays(day));
        Sealed<string>? Said(string text) => inFull ? Sealed<string>.Of(text) : null;
        var (participation, client) = CoachingSpec.In;
        if (inFull)
        {
            yield return In(new RecoveryPlanCreated(Ids[5], Sealed<string>.Of("Wants to leave his brother."), Today) { ParticipationId = participation, ClientId = client }, -9);
            yield return In(new GoalSet(Ids[5], Ids[6], "family", Sealed<string>.Of("Leave."), null) { ParticipationId = participation, ClientId = client }, -9);
            yield return In(new CoachNoteKept("coach-1", Sealed<string>.Of("He frightens me.")) { ParticipationId = participation, ClientId = client }, -8);
            yield return In(new AssessmentCompleted(Ids[7], "barc-10", "2017", 12, "below-cut-off", "coach-1", null) { ParticipationId = participation, ClientId = client }, -8);
        }

        var (coach, mode) = inFull ? ("coach-1", ContactMode.HomeVisit) : ("coach-2", ContactMode.Phone);
        Guid[] items = inFull ? [Ids[6]] : [];
        yield return In(new CoachingSessionHeld(Ids[0], coach, SessionKind.OneToOne, mode, 45, items, Said("Used on Friday.")) { ParticipationId = participation, ClientId = client }, -7);
        yield return In(new CoachingSessionMissed(Ids[1], SessionKind.Group, Excused: false, Said("Was in the shelter.")) { ParticipationId = participation, ClientId = client }, -5);
        yield return In(new CoachingSessionMissed(Ids[2], SessionKind.CheckIn, Excused: true, Said("Hospital.")) { ParticipationId = participation, ClientId = client }, -3);
        yield return In(new CoachingSessionExcused(Ids[1], Sealed<string>.Of("Shelter confirmed it.")) { ParticipationId = participation, ClientId = client }, -2);
        yield return In(new CoachingSessionHeld(Ids[3], "coach-1", SessionKind.Family, ContactMode.InPerson, 90, [], Said("Mother came.")) { ParticipationId = participation, ClientId = client }, -1);
    }

    [Fact]
    public void Is_the_same_bytes_whatever_was_said() =>
        JsonSerializer.SerializeToUtf8Bytes(CoachingAttendance.Of(History(inFull: true), Calendar))
            .ShouldBe(JsonSerializer.SerializeToUtf8Bytes(CoachingAttendance.Of(History(inFull: false), Calendar)));

    [Fact]
    public void Says_day_kind_length_and_whether_the_client_was_there() => CoachingAttendance.Of(History(inFull: true), Calendar).ShouldBe(
    [
        new(new DateOnly(2026, 2, 24), SessionKind.OneToOne, 45, Attendance.Attended),
        new(new DateOnly(2026, 2, 26), SessionKind.Group, null, Attendance.Excused),
        new(new DateOnly(2026, 2, 28), SessionKind.CheckIn, null, Attendance.Excused),
        new(new DateOnly(2026, 3, 2), SessionKind.Family, 90, Attendance.Attended),
    ]);

    [Fact]
    public void Says_what_is_right_once_it_is_corrected_and_nothing_of_what_never_was()
    {
        var (participation, client) = CoachingSpec.In;
        CoachingSessionCorrected Corrected(Guid session, SessionStatement corrects, SessionOutcome? outcome, int? day = null) => new CoachingSessionCorrected(session, corrects, outcome)
        {
            ParticipationId = participation,
            ClientId = client,
            CorrectedEventId = session,
            CorrectedOccurredAt = day is { } moved ? Now.AddDays(moved) : null,
            Reason = Words,
        }.At(Now);

        CoachingAttendance.Of(
            [
                .. History(inFull: true),
                Corrected(Ids[0], SessionStatement.Held, new(Attendance.Attended, SessionKind.CheckIn, 15), day: -10),
                Corrected(Ids[1], SessionStatement.Excused, null),
                Corrected(Ids[2], SessionStatement.Missed, null),
                Corrected(Ids[3], SessionStatement.Held, new(Attendance.Missed, SessionKind.Family, null)),
            ],
            Calendar).ShouldBe(
        [
            new(new DateOnly(2026, 2, 21), SessionKind.CheckIn, 15, Attendance.Attended),
            new(new DateOnly(2026, 2, 26), SessionKind.Group, null, Attendance.Missed),
            new(new DateOnly(2026, 3, 2), SessionKind.Family, null, Attendance.Missed),
        ]);
    }

    /// <summary>A member added to it is one more that the court is told; it takes a decision, and this test.</summary>
    [Fact]
    public void Has_these_four_members_and_none_that_could_hold_words() => typeof(AttendedSession).GetProperties()
        .Select(member => (member.Name, member.PropertyType))
        .ShouldBe([("On", typeof(DateOnly)), ("Kind", typeof(SessionKind)), ("Minutes", typeof(int?)), ("Attended", typeof(Attendance))], ignoreOrder: true);

    [Fact]
    public void Knows_no_excuse_without_a_miss() => CoachingAttendance.Of(
        [new CoachingSessionExcused(Ids[1], Words) { ParticipationId = CoachingSpec.In.ParticipationId, ClientId = CoachingSpec.In.ClientId }.At(Now)], Calendar).ShouldBeEmpty();
}
