using System.Linq.Expressions;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using FluentValidation;
using static CaseFlow.Domain.Privacy.CourtFile;

namespace CaseFlow.Api.Courts;

/// <summary>
/// A client's time in a treatment court: one route per line of <see cref="CourtFacts"/>, which says who may record it, when it can be and
/// what makes it sound. Here stands only its shape on the wire.
/// </summary>
public static class ParticipationDoors
{
    private const string Participation = "/participations/{participationId:guid}";
    private static readonly Guid ExampleId = Guid.Parse("0195d6c4-0000-8000-8000-0000000000c1");
    private static readonly Guid ExampleEntry = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c2");
    private static readonly Guid Earlier = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c3");
    private static readonly DateTimeOffset At = new(2026, 3, 17, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly On = new(2026, 3, 17);
    private static readonly IReadOnlyList<string> ByTeam = ["judge-1", "coordinator-1"];
    private static readonly IReadOnlyList<string> ByJudge = ["judge-1"];

    /// <summary>How a participation, and a warrant that outlived one, end on a record whose content is erased.</summary>
    private static readonly Type[] EndsOfErased = [typeof(ParticipantWithdrew), typeof(ParticipationClosed), typeof(WarrantQuashed)];

    public static void Map(IEndpointRouteBuilder api)
    {
        var referral = CourtFacts.All.Single(line => line.EventType == typeof(TreatmentCourtReferred));
        api.MapFact("/courts/{court}/referrals", (string court, ReferralRequest ask, ParticipationDesk desk) => desk.ReferAsync(court, ask))
            .Named("referToCourt", "Somebody asked a treatment court to take a client").Allow([.. referral.Roles])
            .Takes(
                new CourtRequestValidator<ReferralRequest>(
                    [],
                    [ask => ask.CaseNumber],
                    rules => rules.RuleFor(ask => ask.KnownBy!).SetValidator(new IdentifierRequestValidator()).When(ask => ask.KnownBy is not null)),
                new ReferralRequest(ReadClient.Example.ClientId, CourtReferralSource.Prosecutor, new IdentifierRequest(IdentifierSystem.Doc, "123456"), "2026CF000123") { File = Open })
            .Gives(new Entered(ExampleId, ExampleEntry), StatusCodes.Status201Created);
        api.MapAsk(Participation, ReadParticipation.Handle)
            .Named("readParticipation", "A client's time in a treatment court, entry by entry; to coordinator and judge with the version that changes name in If-Match, to prosecution and defence what they may read")
            .Allow(Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence)
            .Shows<ReadParticipation.View>(Streams.Participation.Alias, (shown, _) => [shown.ClientId])
            .Asks(AskedMoment.Parameters).Gives(ReadParticipation.Example);

        MapAdmission(api);
        MapHearings(api);
        MapResponses(api);
        MapEnd(api);
    }

    private static void MapAdmission(IEndpointRouteBuilder api)
    {
        api.MapEntry(
            new ScreeningRequest(ScreeningKind.RiskAndNeed, ScreeningResult.Meets, "rant", "4", null, "high-risk-high-need", RiskNeedLevel.High, RiskNeedLevel.High) { File = Confidential },
            ask => new EligibilityScreened(ask.Kind, ask.Result, ask.Instrument, ask.InstrumentVersion, ask.Score, ask.Band, ask.Risk, ask.Need),
            codes: [ask => ask.Instrument, ask => ask.InstrumentVersion, ask => ask.Band]);
        api.MapEntry(new EligibilityRequest(true, "eligible") { File = Open, DecidedBy = ByTeam }, ask => new EligibilityDetermined(ask.Accepted, ask.ReasonCode), codes: [ask => ask.ReasonCode]);
        api.MapEntry(new ReasonCodeRequest("not-interested") { File = Open }, ask => new ParticipantDeclinedProgram(ask.ReasonCode), codes: [ask => ask.ReasonCode]);
        api.MapEntry(
            new AdmitRequest(LegalBasis.DiversionContract, "Contract 17", On, CompletionEffect.ChargesDismissed) { File = Open, DecidedBy = ByJudge },
            ask => new ParticipantAdmitted(ask.Basis, Sealed<string>.Of(ask.Document), ask.DocumentSignedOn, ask.BasisEndsOn, ask.OnCompletion, [], ask.OverrideReason),
            codes: [ask => ask.OverrideReason], texts: [ask => ask.Document]);

        api.MapEntry(new OfficerRequest("agent-1") { File = Confidential }, ask => new SupervisionOfficerNamed(ask.OfficerId), codes: [ask => ask.OfficerId]);
        api.MapEntry(new PhaseRequest("acute-stabilization") { File = Confidential, DecidedBy = ByTeam, Words = "The programme has new phases." }, ask => new PhaseAssigned(ask.Phase), codes: [ask => ask.Phase]);
        api.MapEntry(
            new ObjectiveRequest("acute-stabilization", "treatment-begun") { File = Confidential },
            ask => new PhaseRequirementRecorded(ask.Phase, ask.Objective), codes: [ask => ask.Phase, ask => ask.Objective]);
        api.MapEntry(
            new WaiveRequest("acute-stabilization", "housing-plan") { File = Confidential, DecidedBy = ByTeam, Words = "Lives with family for good." },
            ask => new PhaseRequirementWaived(ask.Phase, ask.Objective) { StaffingId = ask.StaffingId }, codes: [ask => ask.Phase, ask => ask.Objective]);
        api.MapEntry(
            new AdvanceRequest("clinical-stabilization", 21) { File = Open, DecidedBy = ByTeam },
            ask => new PhaseAdvanced("", ask.ToPhase, [], [], 0, ask.SobrietyDays) { StaffingId = ask.StaffingId }, codes: [ask => ask.ToPhase]);
        api.MapEntry(
            new ReturnRequest("acute-stabilization", "Two meetings a week, and a call every evening.", MadeWithParticipant: true) { File = Confidential, DecidedBy = ByTeam },
            ask => new PhaseReturnedToEarlier("", ask.ToPhase, Sealed<string>.Of(ask.RemedialPlan), ask.MadeWithParticipant) { StaffingId = ask.StaffingId },
            codes: [ask => ask.ToPhase], texts: [ask => ask.RemedialPlan]);
    }

    private static void MapHearings(IEndpointRouteBuilder api)
    {
        api.MapEntry(new HearingRequest(HearingKind.Status, At, "3b") { File = Open }, ask => new StatusHearingScheduled(ask.Kind, ask.ScheduledAt, ask.Courtroom), codes: [ask => ask.Courtroom]);
        api.MapEntryAbout(new HearingHeldRequest(HearingPresence.InPerson) { File = Open, DecidedBy = ByJudge }, (id, ask) => new StatusHearingHeld(id, HearingKind.Status, ask.Presence));
        api.MapEntry(
            new UnscheduledHearingRequest(HearingKind.Sanction, HearingPresence.InPerson) { File = Open, DecidedBy = ByJudge },
            ask => new StatusHearingHeld(null, ask.Kind, ask.Presence), route: "hearings/unscheduled", name: "recordUnscheduledHearing");
        api.MapEntryAbout(
            new HearingContinuedRequest(At.AddDays(7), "judge-ill") { File = Open }, (id, ask) => new StatusHearingContinued(id, ask.ScheduledAt, ask.ReasonCode), codes: [ask => ask.ReasonCode]);
        api.MapEntryAbout(new HearingMissedRequest { File = Open }, (id, ask) => new StatusHearingMissed(id, ask.Excused));
        api.MapEntry(new StaffingRequest(ByTeam, Earlier) { File = Confidential }, ask => new StaffingHeld(ask.Attendees, ask.HearingId));
        api.MapEntry(new JudicialActionRequest("order-entered", Earlier) { File = Open, DecidedBy = ByJudge }, ask => new JudicialActionRecorded(ask.Action, ask.HearingId), codes: [ask => ask.Action]);

        api.MapEntry(new ConditionRequest("essay", On.AddDays(14)) { File = Open, DecidedBy = ByJudge, Words = "Two pages on what helped." }, ask => new ConditionOrdered(ask.Kind, ask.DueOn), codes: [ask => ask.Kind]);
        api.MapEntryAbout(new ConditionAmendRequest(On.AddDays(28)) { File = Open, DecidedBy = ByJudge, Words = "Was ill for a week." }, (id, ask) => new ConditionAmended(id, ask.DueOn));
        api.MapEntryAbout(new PlainRequest { File = Open }, (id, _) => new ConditionSatisfied(id));
        api.MapEntryAbout(new PlainRequest { File = Open, Words = "Nothing was handed in." }, (id, _) => new ConditionViolated(id));
        api.MapEntryAbout(new PlainRequest { File = Open, DecidedBy = ByJudge, Words = "No longer needed." }, (id, _) => new ConditionLifted(id));
        api.MapEntry(new ReasonCodeRequest("failure-to-appear") { File = Open, DecidedBy = ByJudge }, ask => new WarrantIssued(ask.ReasonCode), codes: [ask => ask.ReasonCode]);
        api.MapEntryAbout(new PlainRequest { File = Open, DecidedBy = ByJudge }, (id, _) => new WarrantQuashed(id));
    }

    private static void MapResponses(IEndpointRouteBuilder api)
    {
        const string heard = "Transcript of 17 March, page 4.";
        api.MapEntry(new IncentiveRequest("praise", "attended") { File = Open, DecidedBy = ByJudge }, ask => new IncentiveGranted(ask.Incentive, ask.Behaviour), codes: [ask => ask.Incentive, ask => ask.Behaviour]);
        api.MapEntry(
            new SanctionRequest("essay", "dishonest", DueProcess.HeardInCourt, heard) { File = Open, DecidedBy = ByJudge, Words = "Said that the meeting was cancelled." },
            ask => new SanctionImposed(ask.Sanction, ask.Behaviour, ask.DueProcess, ask.HearingId, Sealed<string>.Of(ask.DueProcessReference)),
            codes: [ask => ask.Sanction, ask => ask.Behaviour], texts: [ask => ask.DueProcessReference]);
        api.MapEntry(
            new AdjustmentRequest("more-treatment", "treatment-house", "use") { File = Confidential, DecidedBy = ByTeam },
            ask => new ServiceAdjustmentMade(ask.Adjustment, ask.Behaviour, ask.TreatmentAgencyId), codes: [ask => ask.Adjustment, ask => ask.Behaviour, ask => ask.TreatmentAgencyId]);
        api.MapEntry(
            new JailRequest(2, "tampered-test", On, DueProcess.HearingWaived, heard) { File = Open, DecidedBy = ByJudge, Words = "The second time." },
            ask => new JailSanctionImposed(ask.Days, ask.Behaviour, ask.StartsOn, ask.DueProcess, ask.HearingId, Sealed<string>.Of(ask.DueProcessReference), AboveUsual: false),
            codes: [ask => ask.Behaviour], texts: [ask => ask.DueProcessReference]);
        api.MapEntryAbout(new DaysRequest(2) { File = Open }, (id, ask) => new JailSanctionServed(id, ask.Days));
        api.MapEntry(new AmountOrderRequest(25_000, On.AddDays(180)) { File = Open, DecidedBy = ByJudge }, ask => new RestitutionOrdered(ask.AmountCents, ask.DueOn));
        api.MapEntryAbout(new AmountRequest(5_000) { File = Open }, (id, ask) => new RestitutionPaid(id, ask.AmountCents));
        api.MapEntry(new FeeRequest("program-fee", 4_000) { File = Open, DecidedBy = ByJudge }, ask => new FeeOrdered(ask.Kind, ask.AmountCents, ask.DueOn), codes: [ask => ask.Kind]);
        api.MapEntryAbout(new AmountRequest(1_000) { File = Open }, (id, ask) => new FeePaid(id, ask.AmountCents));
        api.MapEntryAbout(new AmountRequest(3_000) { File = Open, DecidedBy = ByJudge, Words = "Lost the job." }, (id, ask) => new FeeWaived(id, ask.AmountCents));
        api.MapEntry(new HoursOrderRequest(20, On.AddDays(90)) { File = Open, DecidedBy = ByJudge }, ask => new CommunityServiceOrdered(ask.Hours, ask.DueOn));
        api.MapEntryAbout(new HoursRequest(4) { File = Open }, (id, ask) => new CommunityServiceCompleted(id, ask.Hours));
    }

    private static void MapEnd(IEndpointRouteBuilder api)
    {
        api.MapEntry(
            new TerminationRequest("absconded") { File = Open, DecidedBy = ByTeam, Words = "Not seen for six weeks." },
            ask => new TerminationProposed(ask.ReasonCode) { StaffingId = ask.StaffingId }, codes: [ask => ask.ReasonCode]);
        api.MapEntryAbout(
            new TerminationHearingRequest(CounselPresent: true, TerminationImpartiality.AnotherJudge, TerminationOutcome.Terminate) { File = Open, DecidedBy = ["judge-2"] },
            (id, ask) => new TerminationHearingHeld(id, ask.CounselPresent, ask.Impartiality, ask.Outcome) { CounselWaived = ask.CounselWaived });
        api.MapEntryAbout(
            new EndRequest("absconded") { File = Open, DecidedBy = ByJudge, Words = "As heard on 17 March." },
            (id, ask) => new ParticipationTerminated(id, ask.ReasonCode, ask.OnwardReferralId), codes: [ask => ask.ReasonCode]);
        api.MapEntry(new EndRequest("moved") { File = Open }, ask => new ParticipantWithdrew(ask.ReasonCode, ask.OnwardReferralId), codes: [ask => ask.ReasonCode]);
        api.MapEntry(new CloseRequest(ParticipationClosure.CaseDismissed) { File = Open, DecidedBy = ByTeam, Words = "Dismissed on 17 March." }, ask => new ParticipationClosed(ask.Reason));
        api.MapEntry(
            new GraduateRequest(120) { File = Open, DecidedBy = ByJudge }, ask => new ParticipantGraduated(0, ask.SobrietyDays, default, ask.OnwardReferralId));
        api.MapEntry(new PlainRequest { File = Open }, _ => new CommencementHeld());
        api.MapEntry(new AftercareRequest(ContactMode.Phone, Reached: true) { File = Confidential }, ask => new AftercareContactMade(ask.Mode, ask.Reached));
        api.MapEntryAbout(new RetractRequest { File = Open, Words = "Of another participant." }, (id, ask) => new CourtEntryRetracted(id, "", Guid.Empty, ask.ReplacedBy));
    }

    private static void MapEntry<TRequest, TFact>(
        this IEndpointRouteBuilder api,
        TRequest example,
        Func<TRequest, TFact> fact,
        IEnumerable<Expression<Func<TRequest, string?>>>? codes = null,
        IEnumerable<Expression<Func<TRequest, string?>>>? texts = null,
        string? route = null,
        string? name = null)
        where TRequest : CourtRequest
        where TFact : ParticipationEvent =>
        api.Map(example, LineOf<TFact>(), fact(example), codes, texts, route, name,
            (Guid participationId, TRequest ask, ParticipationDesk desk) => desk.RecordAsync(participationId, ask, fact(ask)));

    /// <summary>About the entry that the address names.</summary>
    private static void MapEntryAbout<TRequest, TFact>(
        this IEndpointRouteBuilder api, TRequest example, Func<Guid, TRequest, TFact> fact, IEnumerable<Expression<Func<TRequest, string?>>>? codes = null)
        where TRequest : CourtRequest
        where TFact : ParticipationEvent =>
        api.Map(example, LineOf<TFact>(), fact(Earlier, example), codes, null, null, null,
            (Guid participationId, Guid entryId, TRequest ask, ParticipationDesk desk) => desk.RecordAsync(participationId, ask, fact(entryId, ask)));

    private static void Map<TRequest>(
        this IEndpointRouteBuilder api,
        TRequest example,
        CourtFact line,
        ParticipationEvent exampleFact,
        IEnumerable<Expression<Func<TRequest, string?>>>? codes,
        IEnumerable<Expression<Func<TRequest, string?>>>? texts,
        string? route,
        string? name,
        Delegate handle)
        where TRequest : CourtRequest
    {
        var path = $"{Participation}/{(route ?? line.Route).Replace("{entryId}", "{entryId:guid}", StringComparison.Ordinal)}";
        var mapped = (line.NeedsVersion ? api.MapChange(path, handle) : api.MapFact(path, handle))
            .Named(name ?? $"record{line.EventType.Name}", line.Summary(exampleFact with { Court = "drug-court" }))
            .Allow([.. line.Roles])
            .Takes(new CourtRequestValidator<TRequest>(codes ?? [], texts ?? []), example)
            .Gives(new Entered(ExampleId, ExampleEntry), StatusCodes.Status201Created);
        if (EndsOfErased.Contains(line.EventType))
            mapped.EndsWorkOnErased("the court lets go");
    }

    private static CourtFact LineOf<TFact>() => CourtFacts.All.Single(line => line.EventType == typeof(TFact));
}
