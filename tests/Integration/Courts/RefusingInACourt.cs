using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;

namespace CaseFlow.Integration.Courts;

/// <summary>What a court refuses over HTTP, each with its status, code and member; and a whole termination with its due process.</summary>
public sealed class RefusingInACourt(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCourtAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_refusal_has_its_status_code_and_member()
    {
        var participation = await county.AdmitAsync();
        var today = DateOnly.FromDateTime(county.Now.UtcDateTime);
        var sanction = new SanctionRequest("essay", "dishonest", DueProcess.HeardInCourt, "Page 4.") { File = CourtFile.Open, DecidedBy = ByJudge, Words = "Said that the meeting was cancelled." };
        var jail = new JailRequest(4, "tampered-test", today.AddDays(1), DueProcess.HearingWaived, "Page 5.") { File = CourtFile.Open, DecidedBy = ByJudge, Words = "The second time." };
        var adjustment = new AdjustmentRequest("more-treatment", "recovery-coaches", "use") { File = CourtFile.Confidential, DecidedBy = ByTeam };
        (string Route, CourtRequest Ask, int Status, string Code, string? Field)[] refusals =
        [
            ("sanctions", sanction with { Words = null }, 422, "sanction-without-reason", "words"),
            ("sanctions", sanction with { Words = " " }, 422, "sanction-without-reason", "words"),
            ("sanctions", sanction with { Behaviour = "attended" }, 422, "sanction-for-compliance", "behaviour"),
            ("incentives", new IncentiveRequest("praise", "missed-test") { File = CourtFile.Open, DecidedBy = ByTeam }, 422, "incentive-for-non-compliance", "behaviour"),
            ("incentives", new IncentiveRequest("praise", "attended") { File = CourtFile.Open, DecidedBy = ByTeam, When = new WhenPart(county.Now.AddDays(1)) }, 422, "occurred-in-future", "when"),
            ("sanctions", sanction with { Behaviour = "use" }, 422, "sanction-for-symptom", "behaviour"),
            ("sanctions", sanction with { DueProcess = DueProcess.Hearing }, 422, "hearing-not-held", "hearingId"),
            ("sanctions", sanction with { DecidedBy = [Coordinator.Id] }, 422, "not-by-a-judge", "decidedBy"),
            ("sanctions", sanction with { DueProcessReference = " " }, 400, "validation-failed", "dueProcessReference"),
            ("jail-sanctions", jail, 409, "jail-over-limit-without-hearing", "days"),
            ("hearings", new HearingRequest(HearingKind.Status, county.Now.AddMinutes(-1)) { File = CourtFile.Open }, 422, "hearing-in-the-past", "scheduledAt"),
            ("staffings", new StaffingRequest(ByTeam) { File = CourtFile.Open }, 422, "court-file-not-allowed", "file"),
            ("judicial-actions", new JudicialActionRequest("order-entered") { File = CourtFile.Confidential, DecidedBy = ByJudge }, 422, "court-file-not-allowed", "file"),
            ("service-adjustments", adjustment with { TreatmentAgencyId = "court" }, 422, "treatment-source-unknown", "treatmentAgencyId"),
            ("officer", new OfficerRequest("nobody-at-work") { File = CourtFile.Confidential }, 422, "court-officer-unknown", "officerId"),
            ("officer", new OfficerRequest(Coordinator.Id) { File = CourtFile.Confidential }, 422, "court-officer-unknown", "officerId"),
            ("service-adjustments", adjustment with { TreatmentAgencyId = "city-court" }, 422, "treatment-source-unknown", "treatmentAgencyId"),
            ("advance", new AdvanceRequest("clinical-stabilization", 20) { File = CourtFile.Open, DecidedBy = ByJudge }, 422, "team-incomplete", "decidedBy"),
            ("advance", new AdvanceRequest("clinical-stabilization", 20, Guid.CreateVersion7()) { File = CourtFile.Open, DecidedBy = ByTeam }, 409, "staffing-unknown", "staffingId"),
            ("screenings", new ScreeningRequest(ScreeningKind.Legal, ScreeningResult.Meets) { File = CourtFile.Confidential }, 409, "participation-stage-wrong", null),
            ("objectives", new ObjectiveRequest("acute-stabilization", "no-such-objective") { File = CourtFile.Open }, 422, "objective-unknown", "objective"),
            ("objectives", new ObjectiveRequest("recovery-management", "relapse-prevention-plan") { File = CourtFile.Open }, 409, "objective-of-another-phase", "phase"),
            ("conditions", new ConditionRequest("essay") { File = CourtFile.Open, DecidedBy = ByJudge }, 422, "condition-terms-missing", "words"),
            ("return", new ReturnRequest("acute-stabilization", "A plan.", MadeWithParticipant: true) { File = CourtFile.Open, DecidedBy = ByTeam }, 409, "phase-not-earlier", "toPhase"),
            ("graduate", new GraduateRequest(400) { File = CourtFile.Open, DecidedBy = ByJudge }, 409, "graduation-requirements-open", null),
            ("admit", Admission(), 409, "participation-stage-wrong", null),
            ($"termination/{Guid.CreateVersion7()}/terminate", new EndRequest("absconded") { File = CourtFile.Open, DecidedBy = ByJudge, Words = "Gone." }, 409, "termination-not-proposed", null),
            ($"fees/{Guid.CreateVersion7()}/pay", new AmountRequest(1) { File = CourtFile.Open }, 409, "court-order-unknown", null),
            ("incentives", new IncentiveRequest("praise", "attended") { File = CourtFile.Open, DecidedBy = ByTeam, When = new WhenPart(county.Now.AddDays(-400)) }, 422, "before-admission", "when"),
        ];

        foreach (var (route, ask, status, code, field) in refusals)
            (await county.TryAsync(Coordinator, participation, route, ask)).ShouldBeProblem(status, code, field);

        (await county.GetAsync(Coordinator, participation)).Json["entries"]!.AsArray().Count.ShouldBe(7, "nothing that was refused was recorded");
    }

    [Fact]
    public async Task An_entry_does_not_go_unfiled()
    {
        var participation = await county.AdmitAsync();

        (await county.PostAsync(Coordinator, participation + "/fees", new { kind = "program-fee", amountCents = 4_000, decidedBy = ByJudge })).ShouldBeProblem(400, "validation-failed", "file");
    }

    /// <summary>R36: the hearing is about these days, before them and not long before, and permits them once; a refusal says what is wrong with the one that is named.</summary>
    [Fact]
    public async Task Jail_beyond_the_limit_stands_after_a_hearing_about_it_and_is_served_day_by_day()
    {
        var start = new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
        await using var own = await County.AtAsync(start);
        await own.FurnishCourtAsync();
        var participation = await own.AdmitAsync();
        Task<Guid> HeldAsync(HearingKind kind) =>
            own.EnterAsync(Judge, participation, "hearings/unscheduled", new UnscheduledHearingRequest(kind, HearingPresence.InPerson) { File = CourtFile.Open });
        JailRequest Jail(Guid hearing) => new(5, "tampered-test", DateOnly.FromDateTime(own.Now.UtcDateTime).AddDays(1), DueProcess.Hearing, "Page 5.", hearing) { File = CourtFile.Open, Words = "The second time." };
        async Task RefusedAsync(JailRequest ask, string because)
        {
            var refused = await own.TryAsync(Judge, participation, "jail-sanctions", ask);
            refused.ShouldBeProblem(409, "jail-over-limit-without-hearing", "hearingId");
            refused.Text.ShouldContain(because);
        }

        var (early, status) = (await HeldAsync(HearingKind.Sanction), await HeldAsync(HearingKind.Status));
        await own.GoToAsync(start.AddDays(8));
        var hearing = await HeldAsync(HearingKind.Sanction);
        await RefusedAsync(Jail(status), "was of another kind: status");
        await RefusedAsync(Jail(early), "was held too long before");
        await RefusedAsync(Jail(hearing) with { When = new WhenPart(start.AddDays(7)) }, "was held after they were imposed");
        var sanction = await own.EnterAsync(Judge, participation, "jail-sanctions", Jail(hearing));
        await RefusedAsync(Jail(hearing), "permitted another jail sanction");

        var serve = $"jail-sanctions/{sanction}/serve";
        (await own.TryAsync(Coordinator, participation, serve, new DaysRequest(1) { File = CourtFile.Open })).ShouldBeProblem(422, "before-what-it-follows", "when");
        await own.GoToAsync(start.AddDays(10));
        (await own.TryAsync(Coordinator, participation, serve, new DaysRequest(5) { File = CourtFile.Open })).ShouldBeProblem(409, "jail-days-ahead", "days");
        await own.GoToAsync(start.AddDays(14));
        await own.EnterAsync(Coordinator, participation, serve, new DaysRequest(5) { File = CourtFile.Open });
        (await own.TryAsync(Coordinator, participation, serve, new DaysRequest(1) { File = CourtFile.Open })).ShouldBeProblem(409, "jail-days-exceeded", "days");
    }

    /// <summary>R36: however many impose at once, each is decided on the others' days.</summary>
    [Fact]
    public async Task Jail_imposed_by_several_at_once_is_counted_together()
    {
        var participation = await county.AdmitAsync();
        var jail = new JailRequest(2, "tampered-test", DateOnly.FromDateTime(county.Now.UtcDateTime).AddDays(1), DueProcess.HearingWaived, "Page 5.")
        { File = CourtFile.Open, DecidedBy = ByJudge, Words = "The second time." };

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => county.PostAsync(n % 2 == 0 ? Judge : Coordinator, participation + "/jail-sanctions", jail)));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        foreach (var refused in replies.Where(reply => reply.Status != 201))
            refused.ShouldBeProblem(409, "jail-over-limit-without-hearing", "days");
        (await county.TryAsync(Judge, participation, "jail-sanctions", jail with { Days = 1 })).Status.ShouldBe(201);
        (await county.TryAsync(Judge, participation, "jail-sanctions", jail with { Days = 1 })).ShouldBeProblem(409, "jail-over-limit-without-hearing", "days");
    }

    [Fact]
    public async Task A_screening_that_was_recorded_wrongly_is_recorded_anew_after_the_admission()
    {
        var then = new WhenPart(county.Now.AddDays(-20));
        var participation = await county.AdmitAsync(when: then);
        var entries = (await county.GetAsync(Coordinator, participation)).Json["entries"]!.AsArray();
        var wrong = entries.First(entry => entry!["kind"]!.GetValue<string>() == "eligibility_screened")!["entryId"]!.GetValue<Guid>();
        var right = new ScreeningRequest(ScreeningKind.Legal, ScreeningResult.Meets) { File = CourtFile.Confidential, When = then };
        (await county.TryAsync(Coordinator, participation, "screenings", right)).ShouldBeProblem(409, "participation-stage-wrong");
        await county.EnterAsync(Coordinator, participation, $"entries/{wrong}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another client." });

        (await county.TryAsync(Coordinator, participation, "screenings", right with { When = null })).ShouldBeProblem(422, "screening-after-decision", "when");
        await county.EnterAsync(Coordinator, participation, "screenings", right);
        (await county.TryAsync(Coordinator, participation, "screenings", right)).ShouldBeProblem(409, "participation-stage-wrong");
    }

    [Fact]
    public async Task Nobody_is_terminated_unheard_and_nothing_is_added_afterwards_but_aftercare()
    {
        var participation = await county.AdmitAsync();
        var proposal = await county.EnterAsync(Coordinator, participation, "termination", new TerminationRequest("absconded") { File = CourtFile.Open, DecidedBy = ByTeam, Words = "Not seen for weeks." });
        var end = new EndRequest("absconded") { File = CourtFile.Open, DecidedBy = ByJudge, Words = "As heard." };
        (await county.TryAsync(Coordinator, participation, $"termination/{proposal}/terminate", end)).ShouldBeProblem(409, "termination-not-heard");

        var hearing = new TerminationHearingRequest(CounselPresent: true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Terminate) { File = CourtFile.Open };
        (await county.TryAsync(Judge, participation, $"termination/{proposal}/hear", hearing with { Impartiality = TerminationImpartiality.AnotherJudge }))
            .ShouldBeProblem(409, "not-another-judge", "decidedBy");
        (await county.TryAsync(Judge, participation, $"termination/{proposal}/hear", hearing with { CounselPresent = false })).ShouldBeProblem(409, "termination-without-counsel", "counselWaived");
        await county.EnterAsync(Judge, participation, $"termination/{proposal}/hear", hearing);
        await county.EnterAsync(Judge, participation, $"termination/{proposal}/terminate", end with { DecidedBy = null });

        (await county.TryAsync(Coordinator, participation, "fees", new FeeRequest("program-fee", 4_000) { File = CourtFile.Open, DecidedBy = ByJudge })).ShouldBeProblem(409, "participation-over");
        (await county.TryAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, county.Now.AddDays(1)) { File = CourtFile.Open })).ShouldBeProblem(409, "participation-over");
        await county.EnterAsync(Coordinator, participation, "aftercare", new AftercareRequest(ContactMode.Phone, Reached: true) { File = CourtFile.Confidential });
        (await county.GetAsync(Coordinator, participation)).Json["stage"]!.GetValue<string>().ShouldBe("terminated");
    }

    [Fact]
    public async Task What_people_wrote_is_sealed_and_the_court_reads_it()
    {
        var participation = await county.AdmitAsync();
        const string words = "Talked of the periwinkle garden";
        const string plan = "Waters the periwinkle every evening";
        await county.EnterAsync(Coordinator, participation, "staffings", new StaffingRequest(ByTeam) { File = CourtFile.Confidential, Words = words });
        await county.EnterAsync(Judge, participation, "sanctions", new SanctionRequest("essay", "dishonest", DueProcess.HeardInCourt, plan) { File = CourtFile.Open, Words = words });

        (await county.GetAsync(Judge, participation)).Json["entries"]!.AsArray()[^2]!["words"]!.GetValue<string>().ShouldBe(words);
        foreach (var planted in new[] { words, plan, "2026CF000123", "Contract 17" })
            (await Tables.HoldingAsync(county.ConnectionString, planted)).ShouldBeEmpty(planted);
    }
}
