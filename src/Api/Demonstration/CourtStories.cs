using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Demonstration;

/// <summary>
/// A drug court with 25 participants in all phases and after: told through the court's own rules, from one seed, so that every county that is
/// filled has the same people in it.
/// </summary>
internal sealed class CourtStories(Teller teller, CourtPlaces places, Registers registers, BlindIndex marks, DrawStories draws, CancellationToken cancellation)
{
    public const string Court = "drug-court";

    private const int Seed = 20_260_304;
    private const int Participants = 25;

    /// <summary>Weekend and holidays included, the court sits again within so many days.</summary>
    private const int DaysToSitting = 6;

    /// <summary>Days before the end of a participation.</summary>
    private const double LastCoachedBefore = 0.5;

    private static readonly CourtConfiguration Template = CourtTemplates.Of(CourtType.Drug, "Drug court", County.Court, [County.Provider]);

    /// <summary>Small, as the county is: one of its two officers has more participants than the court wants an officer to have.</summary>
    private static readonly CourtConfiguration Configuration = Template with
    {
        Capacity = 30,
        Coaching = Template.Coaching with { OfficerCaseload = 10 },
        Sources =
        [
            .. Template.Sources.Where(source => source.Rule is not ("capacity" or "coaching.officerCaseload")),
            new("capacity", "Local choice: 30 places"),
            new("coaching.officerCaseload", "Local choice: 10, where [S:watcp-nadcp] allows 50 (R54)"),
        ],
    };

    private readonly Random random = new(Seed);
    private readonly List<Drawn> drawn = [];
    private readonly List<(double DaysAgo, CourtFileOf File)> ends = [];

    /// <summary>The participant whom the coordinator's guide follows.</summary>
    public static Guid First => Participation(1);

    /// <summary>The last thing that is told: whoever finds it has been told everything.</summary>
    public static Guid Last => Participation(Participants);

    public async Task TellAsync()
    {
        await teller.TellAsync(County.Administrator, Streams.Court, StreamIds.Court(Teller.Jurisdiction, Court), (state, now) =>
            PublishCourt.Decide(new(Court, 1, teller.Ago(900), Configuration, "The handbook."), state, isCourt: true, now));
        var coachings = new CoachingStories(teller, registers, marks, await CalendarAsync(), Configuration);
        await coachings.CertifyAsync();
        for (var n = 1; n < Participants; n++)
            await ParticipantAsync(n, coachings);
        await DrawnAsync();
        await ParticipantAsync(Participants, coachings);
    }

    /// <summary>
    /// A draw rests on what the log says when it is recorded. So the draws are told after those whom they draw from began, and the ends of participations
    /// between the draws before and after them: each of them proves itself.
    /// </summary>
    private async Task DrawnAsync()
    {
        var calendar = await CalendarAsync();
        await draws.StartAsync(drawn, Configuration, calendar);
        foreach (var (ended, file) in ends.OrderByDescending(end => end.DaysAgo))
        {
            await draws.DrawAsync(calendar.LocalDate(teller.Ago(ended)), calendar);
            await file.TellAsync(County.Coordinator1);
        }

        await draws.EndAsync([.. drawn.Where(one => one.EndedDaysAgo is not null)]);
        await draws.DrawAsync(calendar.LocalDate(teller.Anchor), calendar);
        foreach (var one in drawn)
            await draws.AnswerAsync(one, Configuration.Tests!, calendar);
    }

    /// <summary>Two are referred, one is accepted, eighteen are in the five phases, two graduated, one withdrew and one was not accepted.</summary>
    private async Task ParticipantAsync(int n, CoachingStories coachings)
    {
        var client = Teller.Id($"court-client/{n}");
        var phases = n switch { <= 4 => 1, <= 8 => 2, <= 12 => 3, <= 15 => 4, <= 18 => 5, 19 or 20 => 5, 21 => 2, _ => 0 };
        var spent = Enumerable.Range(0, Math.Max(0, phases - 1)).Sum(phase => Configuration.Phases[phase].MinDays + 5);
        var admitted = spent + (n is 19 or 20 ? 140 : n == 3 ? 70 : n == 21 ? 40 : random.Next(8, 50)) + 1;
        await RegisterAsync(client, n, admitted + 30);
        if (n % 4 != 0)
            await ConsentAsync(client, n, admitted + 12);
        var directory = await registers.DirectoryAsync(Teller.Jurisdiction, cancellation);
        var asked = new CourtQuestion(
            new CourtInForce(Configuration, 1), id => directory.PostOf(id) is { } post ? [post] : [], agency => directory.FindAgency(agency) is not null, n % 4 == 0 ? [County.Provider] : []);
        var calendar = await CalendarAsync();
        CourtFileOf Opened() => new(teller, places, calendar, client, Participation(n), asked);
        var file = Opened();
        Referral(file, n, client, admitted);
        if (n is not (22 or 23))
            Screening(file, n, admitted);
        if (phases > 0)
            Programme(file, n, admitted, phases, Opened);
        await file.TellAsync(County.Coordinator1);
        if (phases == 0)
            return;
        // One was admitted, and nobody put them into the draws.
        if (n != 4)
            drawn.Add(new Drawn(client, Participation(n), n, admitted, EndedDaysAgo(n)));
        await coachings.TellAsync(client, Participation(n), n, admitted, EndedDaysAgo(n) + LastCoachedBefore);
    }

    private static void Referral(CourtFileOf file, int n, Guid client, double admitted) => file.Enter(
        "referral", admitted + 25, CourtFile.Open,
        new TreatmentCourtReferred(County.Court, n % 2 == 0 ? CourtReferralSource.Prosecutor : CourtReferralSource.Defence, Sealed<string>.Of($"26CF{n:000}"))
        {
            ClientId = client,
            ParticipationId = Participation(n),
            Court = Court,
        });

    private static void Screening(CourtFileOf file, int n, double admitted)
    {
        file.Enter("legal", admitted + 20, CourtFile.Confidential, new EligibilityScreened(ScreeningKind.Legal, ScreeningResult.Meets, null, null, null, null, null, null));
        file.Enter("clinical", admitted + 18, CourtFile.Confidential, new EligibilityScreened(ScreeningKind.Clinical, ScreeningResult.Meets, null, null, null, null, null, null));
        file.Enter("risk", admitted + 17, CourtFile.Confidential, new EligibilityScreened(
            ScreeningKind.RiskAndNeed, ScreeningResult.Meets, "rant", "4", null, "high-risk-high-need", RiskNeedLevel.High, RiskNeedLevel.High));
        file.Enter("eligibility", admitted + 10, CourtFile.Open, new EligibilityDetermined(n != 25, n == 25 ? "no-capacity" : "eligible"), ByTeam);
    }

    private void Programme(CourtFileOf file, int n, int admitted, int phases, Func<CourtFileOf> opened)
    {
        file.Enter("admission", admitted, CourtFile.Open, new ParticipantAdmitted(
            LegalBasis.Sentence, Sealed<string>.Of($"Judgment {n}"), file.DayAgo(admitted + 3), null, CompletionEffect.SentenceReduced, [],
            n % 4 == 0 ? "consent-pending-signature" : null), ByJudge, n % 4 == 0 ? "Comes on Friday to sign." : null);
        var fee = file.Enter("fee", admitted - 0.1, CourtFile.Open, new FeeOrdered("program-fee", 20_000, null), ByJudge);
        var condition = file.Enter("condition", admitted - 0.1, CourtFile.Open, new ConditionOrdered("essay", file.DayAgo(admitted - 20)), ByJudge, "Two pages on what helps.");
        file.Enter("officer", admitted - 0.2, CourtFile.Confidential, new SupervisionOfficerNamed((n % 3 == 0 ? County.Agent2 : County.Agent1).Id));
        var since = (double)admitted;
        for (var phase = 0; phase < phases; phase++)
        {
            var (current, isLast) = (Configuration.Phases[phase], phase == phases - 1);
            var length = isLast ? since : current.MinDays + 5;
            Hearings(file, current, since, Math.Max(since - length, isLast ? DaysToSitting + (EndedDaysAgo(n) ?? 0) : DaysToSitting));
            file.Enter($"praise/{phase}", since - (length * 0.3), CourtFile.Open, new IncentiveGranted("praise", "attended"), ByJudge);
            file.Enter($"token/{phase}", since - (length * 0.6), CourtFile.Open, new IncentiveGranted("token", "milestone"), ByJudge);
            foreach (var objective in current.Objectives.Where(objective => objective.Required).Take(isLast && n is not (19 or 20 or 3) ? 1 : 9))
                file.Enter($"met/{phase}/{objective.Code}", since - (length * 0.8), CourtFile.Confidential, new PhaseRequirementRecorded(current.Code, objective.Code));
            since -= length;
            if (!isLast)
                file.Enter($"advance/{phase}", since, CourtFile.Open, new PhaseAdvanced("", Configuration.Phases[phase + 1].Code, [], [], 0, current.SobrietyDays + 10), ByTeam);
        }

        if (n % 3 != 0)
            file.Enter("essay", Math.Max(0.6, admitted - 15), CourtFile.Open, new ConditionSatisfied(condition));
        Present(file, n, fee, opened);
    }

    /// <summary>Held when they were due, when the court sits, and before the participation ended; the last is still to come.</summary>
    private void Hearings(CourtFileOf file, CourtPhase phase, double since, double until)
    {
        for (var (day, k) = (since - 1, 0); day > until && k < 4; day -= phase.HearingIntervalDays, k++)
        {
            var at = file.SittingAfter(day - 0.5, random.Next(12));
            var held = (teller.Anchor - at).TotalDays;
            var hearing = file.Enter($"hearing/{phase.Code}/{k}", held + 1, CourtFile.Open, new StatusHearingScheduled(HearingKind.Status, at, null));
            if (random.NextDouble() < 0.9)
                file.Enter($"held/{phase.Code}/{k}", held, CourtFile.Open, new StatusHearingHeld(hearing, HearingKind.Status, HearingPresence.InPerson), ByJudge);
            else
                file.Enter($"missed/{phase.Code}/{k}", held, CourtFile.Open, new StatusHearingMissed(hearing, Excused: k % 2 == 0));
        }
    }

    private void Present(CourtFileOf file, int n, Guid fee, Func<CourtFileOf> opened)
    {
        var ended = EndedDaysAgo(n) ?? 0;
        CourtFileOf End()
        {
            var end = opened();
            ends.Add((ended, end));
            return end;
        }

        switch (n)
        {
            case 19 or 20:
                file.Enter("paid", 30, CourtFile.Open, new FeePaid(fee, 20_000));
                var graduated = End();
                graduated.Enter("graduation", ended, CourtFile.Open, new ParticipantGraduated(0, 120, default, Teller.Id($"onward/{n}")), ByJudge);
                graduated.Enter("aftercare", 6, CourtFile.Confidential, new AftercareContactMade(ContactMode.Phone, Reached: true));
                return;
            case 21:
                End().Enter("withdrawal", ended, CourtFile.Open, new ParticipantWithdrew("moved", null), words: "Moves to family in another county.");
                return;
            case 5:
                file.Enter("warrant", 1.5, CourtFile.Open, new WarrantIssued("failure-to-appear"), ByJudge);
                break;
            case 6:
                file.Enter("sanction", 2, CourtFile.Open, new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("Transcript, page 4.")), ByJudge, "Said that the meeting was cancelled.");
                break;
        }

        file.Enter("next", 0.4, CourtFile.Open, new StatusHearingScheduled(HearingKind.Status, file.SittingAfter(-1 - (n % 6), n % 12), "3b"));
    }

    private Task RegisterAsync(Guid client, int n, double daysAgo) => teller.TellAsync(County.Coordinator1, Streams.Client, client, (state, now) => RegisterClient.Decide(
        new(
            client, RegistrationSource.Court, County.Court,
            new ClientName(Sealed<string>.Of("Participant"), Sealed<string>.Of($"Number{n}"), Convert.ToHexStringLower(marks.MarkOf(Teller.Jurisdiction, "name", $"Participant Number{n}"))),
            When.At(teller.Ago(daysAgo))),
        state, now));

    /// <summary>The coaches may tell the court's team what monitoring takes (42 CFR 2.35).</summary>
    private async Task ConsentAsync(Guid client, int n, double daysAgo)
    {
        var policies = await registers.PoliciesAsync(Teller.Jurisdiction, cancellation);
        await teller.TellAsync(County.Coordinator1, Streams.Consents, StreamIds.Consents(client), (state, now) => GrantConsent.Decide(
            new(client, Teller.Id($"court-consent/{n}"), new ConsentDraft(
                ConsentKind.CriminalJustice, [County.Provider], null, [County.Court], null, [Role.Coordinator, Role.Judge, Role.Defence], null,
                ConsentPolicy.Default.CourtMonitoring, Sealed<string>.Of("Whether I take part, and how it goes."), [ConsentPurpose.CourtMonitoring], null,
                new TermDraft(null, null, ConsentCondition.EndOfProgram, ConsentCondition.FinalDisposition),
                new FormDraft(
                    "court-2026-01", County.Coordinator1.Id, "en", RevocationRightTold.OnTheForm, RedisclosureStated: true, RefusalConsequencesStated: true,
                    ConsentSigner.Client, AgeAtSigning.Adult, SignatureMethod.Paper, Sealed<string>.Of($"Participant Number{n}"), teller.Ago(daysAgo)))),
            state, agency => agency is County.Provider or County.Court, ConsentPolicyInForce.Of(policies.InForceAt(now)), now));
    }

    private async Task<Domain.Time.BusinessCalendar> CalendarAsync() =>
        new((await registers.PoliciesAsync(Teller.Jurisdiction, cancellation)).InForceAt(teller.Anchor)!.Policy);

    private static int? EndedDaysAgo(int n) => n switch { 19 or 20 => 20, 21 => 2, _ => null };

    private static Guid Participation(int n) => StreamIds.Participation(Teller.Id($"court-client/{n}"), Court, 1);

    private static IReadOnlyList<string> ByJudge { get; } = [County.Judge1.Id];

    private static IReadOnlyList<string> ByTeam { get; } = [County.Judge1.Id, County.Coordinator1.Id];
}
