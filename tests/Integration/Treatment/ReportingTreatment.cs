using CaseFlow.Api.Courts;
using CaseFlow.Api.Treatment;
using CaseFlow.Domain;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Treatment;

/// <summary>Attendance of treatment, reported by its provider: it reaches the court's team by consent alone (R38).</summary>
public sealed class ReportingTreatment(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor System1 = new("clinic-system", Role.Service, "demo", "recovery-coaches");
    private static readonly Actor StrangeSystem = new("strange-system", Role.Service, "demo", "peer-house");

    private static readonly TimeZoneInfo Central = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(county.Now, Central).DateTime);

    private TreatmentDoors.AttendanceRequest Week => new(Today.AddDays(-6), Today, 3, 2, 0);

    public async ValueTask InitializeAsync()
    {
        await county.FurnishCoachesAsync();
        var court = Configuration("recovery-coaches");
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(
            3, new DateTimeOffset(2024, 1, 2, 6, 0, 0, TimeSpan.Zero),
            court with { Coaching = court.Coaching with { Agencies = ["recovery-coaches", "peer-house"] } }, "Its data are to reach the team."))).ShouldSucceed();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Without_a_consent_the_court_is_told_nothing_and_nothing_moves_and_with_one_it_is()
    {
        var (participation, client) = await ReferredAsync();
        var before = await ComplianceAsync(participation);

        (await county.PostAsync(Coach, Report(participation, Guid.CreateVersion7()), Week)).ShouldSucceed();

        var after = await ComplianceAsync(participation);
        after.Json["compliance"]!.ToJsonString().ShouldBe(before.Json["compliance"]!.ToJsonString());
        after.Json["position"]!.GetValue<long>().ShouldBe(before.Json["position"]!.GetValue<long>());
        after.Json["compliance"]!["treatmentAttendance"].ShouldBeNull("withheld is not none");
        await county.ConsentToCourtAsync(client);
        var shown = (await ComplianceAsync(participation)).Json;
        var told = shown["compliance"]!["treatmentAttendance"]!.AsArray().ShouldHaveSingleItem()!;
        (told["providerAgencyId"]!.GetValue<string>(), told["offered"]!.GetValue<int>(), told["attended"]!.GetValue<int>(), told["missed"]!.GetValue<int>())
            .ShouldBe(("recovery-coaches", 3, 2, 1));
        shown["notice"].ShouldNotBeNull();
        var open = (await ComplianceAsync(participation, more: "?file=open")).Json;
        open["compliance"].ShouldBeNull("nothing is put together for the open file");
        open["openFile"]!["entries"]!.AsArray().ShouldNotBeEmpty();
        open.ToJsonString().ShouldNotContain("recovery-coaches", Case.Insensitive, "the open file holds none of it");
    }

    [Fact]
    public async Task It_is_the_providers_record_under_part_2()
    {
        var (participation, _) = await ReferredAsync();
        (await county.PostAsync(Coach, Report(participation, Guid.CreateVersion7()), Week)).ShouldSucceed();

        var stream = await county.Database.Store.ReadStreamAsync(
            "demo", StreamIds.TreatmentAttendance(Guid.Parse(participation.Split('/')[^1]), "recovery-coaches"), cancellation: TestContext.Current.CancellationToken);

        ((Circumstances)stream.Events.ShouldHaveSingleItem().Headers!).Labels.ShouldContain("PART2");
    }

    [Fact]
    public async Task A_report_is_corrected_by_who_reported_it_and_the_court_is_told_what_is_right()
    {
        var (participation, client) = await ReferredAsync();
        await county.ConsentToCourtAsync(client);
        var report = Report(participation, Guid.CreateVersion7());
        (await county.PostAsync(Coach, report, Week)).ShouldSucceed();
        var then = (await ComplianceAsync(participation)).Json["position"]!.GetValue<long>();
        (await county.PostAsync(Coach, report, Week)).ShouldSucceed();
        (await county.PostAsync(Coach, report, Week with { Attended = 3 })).ShouldBeProblem(409, "treatment-attendance-told-differently", "reportId");
        (await county.PostAsync(Coach, Report(participation, Guid.CreateVersion7()), Week)).ShouldBeProblem(409, "treatment-attendance-period-reported", "from");
        (await county.PostAsync(Second, report + "/correct", new TreatmentDoors.CorrectAttendanceRequest(3, 3, 0, "Came late."))).ShouldBeProblem(403, "treatment-attendance-not-the-recorder");
        (await county.PostAsync(OtherLead, report + "/correct", new TreatmentDoors.CorrectAttendanceRequest(3, 3, 0, "Came late."))).ShouldBeProblem(404, "treatment-attendance-not-found");

        (await county.PostAsync(Coach, report + "/correct", new TreatmentDoors.CorrectAttendanceRequest(3, 3, 0, "Came late."))).ShouldSucceed();

        (await AttendedAsync("")).ShouldBe(3);
        (await AttendedAsync($"?asRecordedPosition={then}")).ShouldBe(2);
        (await county.PostAsync(Lead, report + "/retract", new TreatmentDoors.RetractAttendanceRequest("Of another client."))).ShouldSucceed();
        (await ComplianceAsync(participation)).Json["compliance"]!["treatmentAttendance"].ShouldBeNull();
        (await AttendedAsync($"?asRecordedPosition={then}")).ShouldBe(2);

        async Task<int> AttendedAsync(string more) => (await ComplianceAsync(participation, more: more)).Json["compliance"]!["treatmentAttendance"]![0]!["attended"]!.GetValue<int>();
    }

    [Fact]
    public async Task Who_has_nothing_to_do_with_the_client_gets_the_answer_of_no_participation()
    {
        var (participation, _) = await ReferredAsync();
        var unknown = $"/api/participations/{Guid.CreateVersion7()}";
        foreach (var stranger in new[] { OtherLead, StrangeSystem })
        {
            var theirs = await county.PostAsync(stranger, Report(participation, Guid.CreateVersion7()), Week);
            var none = await county.PostAsync(stranger, Report(unknown, Guid.CreateVersion7()), Week);
            theirs.ShouldBeProblem(404, "participation-not-found");
            none.ShouldBeProblem(404, "participation-not-found");
            theirs.Json["detail"]!.GetValue<string>().Replace(participation.Split('/')[^1], "…", StringComparison.Ordinal)
                .ShouldBe(none.Json["detail"]!.GetValue<string>().Replace(unknown.Split('/')[^1], "…", StringComparison.Ordinal));
        }

        // A client of the court's own, whom the provider neither reaches nor coaches.
        var another = await AdmittedAsync();
        (await county.PostAsync(Coach, Report(another, Guid.CreateVersion7()), Week)).ShouldBeProblem(404, "participation-not-found");
        (await county.PostAsync(Coordinator, Report(participation, Guid.CreateVersion7()), Week)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(System1, Report(participation, Guid.CreateVersion7()), Week)).ShouldSucceed();
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_field()
    {
        var (participation, _) = await ReferredAsync();
        var report = Report(participation, Guid.CreateVersion7());

        (await county.PostAsync(Coach, report, Week with { Attended = 4 })).ShouldBeProblem(422, "treatment-attendance-count-unsound", "offered");
        (await county.PostAsync(Coach, report, Week with { To = Today.AddDays(3) })).ShouldBeProblem(422, "treatment-attendance-period-unsound", "to");
        (await county.PostAsync(Coach, report, Week with { From = new(2020, 1, 1), To = new(2020, 1, 7) })).ShouldBeProblem(422, "treatment-attendance-outside-participation", "from");
        (await county.PostAsync(Coach, report, Week with { From = default, To = default })).Status.ShouldBeInRange(400, 422);
        (await county.PostAsync(Coach, report, Week with { Program = "no-such-programme" })).ShouldBeProblem(422, "filing-program-not-open");
    }

    private static string Report(string participation, Guid reportId) => $"{participation}/treatment-attendance/{reportId}";

    private async Task<Reply> ComplianceAsync(string participation, Actor? actor = null, string more = "")
    {
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (await county.GetAsync(actor ?? Coordinator, participation + "/compliance" + more)).ShouldSucceed();
    }

    private Task<(string Participation, string Client)> ReferredAsync() => county.ReferredAsync(WithReason);

    private async Task<string> AdmittedAsync()
    {
        var participation = await county.AcceptAsync();
        await county.EnterAsync(Coordinator, participation, "admit", WithReason);
        return participation;
    }

    /// <summary>The provider's consent is not there yet.</summary>
    private static AdmitRequest WithReason => Admission() with { OverrideReason = "consent-pending-signature", Words = "Comes on Friday to sign." };
}
