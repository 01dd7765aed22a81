using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.CourtViews;

/// <summary>How one participant stands with the court: for its team, for the judge, for prosecution and defence beside it, each as much as is theirs.</summary>
public static class ComplianceDoor
{
    internal static readonly Role[] Readers = [Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence, Role.Auditor];

    /// <param name="File"><c>whole</c>: measured from both files; or <c>open</c>: the entries of the open file, and nothing measured.</param>
    /// <param name="OtherAgencies"><c>restricted</c>, <c>by-consent</c> when some of what is shown is, or <c>shown</c> to an auditor: it tells
    /// nothing of what is not shown.</param>
    /// <param name="Compliance">Null when the record is erased, and for the open file.</param>
    /// <param name="ErasedReason">Why its content is erased, a code; null while it has any.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever, as long as the asker's rights are the same.</param>
    /// <param name="Notice">What goes with a consented disclosure; null when nothing here is one.</param>
    public sealed record Answer(
        Guid ParticipationId, Guid ClientId, string File, string OtherAgencies, ParticipantCompliance? Compliance, string? ErasedReason,
        long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt, RedisclosureNoticeShown? Notice) : IAnsweredFrom, IToldByAgencies
    {
        /// <summary>As far as the open file tells; left out for the whole file, and when the record is erased.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public OpenFileShown? OpenFile { get; init; }

        /// <summary>What stands beside entries that it tells of: amendments, without their words, and that one is on the wrong person.</summary>
        public IReadOnlyList<EntryBeside> Beside { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];
    }

    /// <summary>Which of the court's files.</summary>
    public sealed record Filter(bool OpenFileOnly)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context) => new(new Filter(new QueryReader(context.Request).Text("file") switch
        {
            null or "whole" => false,
            "open" => true,
            _ => throw QueryReader.Bad("file", "One of whole, open."),
        }));
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/participations/{participationId:guid}/compliance", HandleAsync)
        .Named("readCourtCompliance", "How a participant stands with the court: phase, objectives, tests, coaching, hearings, conditions, orders, responses")
        .Allow(Readers)
        .Shows<Answer>(CourtComplianceView.ViewName, (answer, _) => [answer.ClientId], answer => answer.OtherAgencies != "shown")
        .ShowsSkeletonOfErased("that it is erased and why, and no measures")
        .Asks([
            new("file", "whole unless said, or open: the entries that the open file holds, and nothing that both files together say.", Words: ["whole", "open"]),
            .. AskedMoment.Parameters,
        ])
        .Gives(Example.Answer);

    private static async Task<IResult> HandleAsync(
        Guid participationId, Filter filter, AskedMoment asked, Actor actor, ReadingRights rights, CourtMoments moments, ParticipantReading reading,
        ClientConsents consents, BesideEntries besides, IEventStore store, Persons persons, Registers registers, OpenFiles openFiles, RedisclosureNotices notices,
        HttpResponse response,
        CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var jurisdiction = actor.Jurisdiction;
        var at = await moments.PinAsync(jurisdiction, asked, cancellation);
        if (await reading.OneAsync(actor, participationId, at, BesideAsync, cancellation) is not var (held, beside))
            return Problems.From(ParticipationRejections.NotFound(participationId));
        if (beside.Marked.Count > 0)
            held = await reading.WholeAsync(jurisdiction, held, at, cancellation);
        var eyes = new CourtEyes(held.Whole.AgencyId!, (RecordSights.ViewerOf(actor), beside.Consents));
        if (filter.OpenFileOnly || !eyes.SeesConfidentialFile)
            return await OpenFileAsync();
        if (ParticipantReading.Seen(held, eyes, beside.Court.LocalDay) is not { } seen)
            return Problems.From(ParticipationRejections.NotFound(participationId));

        var life = beside.Life;
        var marks = CourtMarks.Of(beside.Marked, seen, eyes);
        var position = Math.Max(Math.Max(held.Changes!.Of(seen), marks.ChangedAt), life?.ChangedAt ?? 0);
        var now = await moments.CountedToAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        var missing = MissingAt(now);
        if (missing.Since > position)
        {
            position = missing.Since;
            now = await moments.CountedToAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
            missing = MissingAt(now);
        }

        if (beside.Court.At(now) is not { } court)
            return Problems.From(CourtRejections.NoneInForce());

        var isAuditor = actor.Role == Role.Auditor;
        List<RecordTold> told = [.. eyes.ToldBy(seen.Entry.ClientId, CourtComplianceView.ViewName, seen.Sources)];
        var compliance = held.ErasedBy is null ? Measure(seen, court, life?.Death, missing.Shown) : null;
        var byConsent = compliance is null ? [] : eyes.ConsentsFor(seen.Sources);
        var notice = await notices.OnAsync(response, actor, byConsent, compliance is null ? [] : told, cancellation);
        return TypedResults.Ok(new Answer(
            participationId,
            seen.Entry.ClientId,
            "whole",
            isAuditor ? "shown" : byConsent.Count > 0 ? "by-consent" : "restricted",
            compliance,
            held.ErasedBy?.ReasonCode,
            position,
            at.Instant,
            now,
            notice)
        {
            Beside = compliance is null ? [] : marks.Beside,
            ToldBy = compliance is null
                ? []
                : seen.Sources.SelectMany(ActivityQueries.SourcesOf).Select(source => source.AgencyId).Append(held.Whole.AgencyId).Concat(compliance.SourcesWithoutConsent),
        });

        // A consent that changes nothing of it must not tell that it was given.
        (IReadOnlyList<string> Shown, long Since) MissingAt(DateTimeOffset instant) => beside.Court.At(instant) is { } configured
            ? beside.ConsentsThen.Last(seen.Entry.ClientId, grounds => CourtSources.NamesFor(configured, grounds with { At = instant }, beside.Directory))
            : ([], 0);

        async Task<IResult> OpenFileAsync()
        {
            var streams = await openFiles.StreamsAsync(jurisdiction, [participationId], cancellation);
            if (!streams.TryGetValue(participationId, out var recorded) || OpenFiles.Of(recorded, held, held.Relabelled, eyes, at, beside.Life?.Death) is not { } open)
                return Problems.From(ParticipationRejections.NotFound(participationId));

            // Whoever sees the open file alone is not told of a death: it moves what is shown to them as missed, and nothing else, the position neither.
            var marks = CourtMarks.Of(beside.Marked, open.EventIds, eyes);
            var position = Math.Max(Math.Max(open.Position, marks.ChangedAt), beside.Life?.ChangedFor(open.MissedAt) ?? 0);
            var now = await moments.CountedToAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
            return TypedResults.Ok(new Answer(
                participationId, held.Whole.ClientId, "open", actor.Role == Role.Auditor ? "shown" : "restricted", Compliance: null, held.ErasedBy?.ReasonCode,
                position, at.Instant, now, Notice: null)
            {
                OpenFile = held.ErasedBy is null ? open.Shown : null,
                Beside = held.ErasedBy is null ? marks.Beside : [],
                ToldBy = held.ErasedBy is null ? [held.Whole.AgencyId] : [],
            });
        }

        Task<Beside>? BesideAsync(ComplianceEntry entry) => entry.AgencyId is { } agency && (actor.Role == Role.Auditor || agency == actor.Agency)
            ? ReadBesideAsync(entry)
            : null;

        async Task<Beside> ReadBesideAsync(ComplianceEntry entry)
        {
            // None waits for another.
            var consented = consents.OfAsync(jurisdiction, entry.ClientId, cancellation);
            var then = consents.ReadAllThenAsync(jurisdiction, [entry.ClientId], at.Position!.Value, DateTimeOffset.MinValue, cancellation);
            var directory = registers.DirectoryAsync(jurisdiction, cancellation);
            var known = moments.KnownAsync(jurisdiction, entry.Court, at.Position, cancellation);
            var lives = PersonLife.DeathsOfAsync(store, persons, jurisdiction, [entry.ClientId], at.Position, at.Instant, cancellation);
            var marked = besides.HeldAsync(jurisdiction, [entry.ClientId], at.Position, cancellation);
            await Task.WhenAll(consented, then, directory, known, lives, marked);
            return new Beside(
                await consented, await then, await directory, await known, (await lives).GetValueOrDefault(entry.ClientId), await marked);
        }
    }

    /// <summary>What is read of a participant beside the views.</summary>
    /// <param name="Consents">Those of now, by which it is shown.</param>
    /// <param name="ConsentsThen">Those of the moment, to be judged at its instant.</param>
    /// <param name="Life">Null when no death was ever recorded.</param>
    /// <param name="Marked">Entries beside which something stands, or stood.</param>
    private sealed record Beside(
        ConsentGrounds Consents, ConsentsThen ConsentsThen, DirectoryState Directory, CourtKnown Court, DeathHeld? Life, IReadOnlyList<MarkedEntry> Marked);

    /// <param name="seen">What is seen.</param>
    /// <param name="court">What it is measured by.</param>
    /// <param name="death">Then nobody is warned of a coaching any more, nor said to have missed anything, whoever may know of the death.</param>
    /// <param name="withoutConsent">Sources that may not tell the team what monitoring takes, at the moment.</param>
    internal static ParticipantCompliance Measure(ParticipantSeen seen, CourtAsked court, KnownDeath? death, IReadOnlyList<string> withoutConsent) =>
        Measuring.Of(new MeasuredBy(seen.Entry, seen.Activity, seen.Hearings, court.InForce, court.Now, court.Today, seen.OpenFileOnly)
        {
            Alarms = death is null ? court.Alarms : null,
            AttendanceTold = seen.AttendanceTold,
            Whole = seen.Whole,
            SourcesWithoutConsent = withoutConsent,
            Calendar = court.Calendar,
            Rules = court.Policy?.Policy.CourtCaseload ?? CourtCaseloadPolicy.Default,
            Death = death is null ? null : new MeasuredDeath(death, court.LocalDay(death.At), IsTold: !seen.OpenFileOnly),
        });

    /// <summary>What the API page shows: a participation measured by the template of a drug court.</summary>
    internal static class Example
    {
        private static readonly Guid Participation = Guid.Parse("0195d6c4-0000-7000-8000-000000000041");
        private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
        private static readonly Guid Hearing = Guid.Parse("0195d6c4-0000-7000-8000-000000000042");
        private static readonly DateTimeOffset Now = new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero);

        public static ParticipantCompliance Compliance { get; } = Measuring.Of(new MeasuredBy(
            new ComplianceEntry(
                Participation, Client, "C-7KQ2-9M", "drug-court", "county-court", 1,
                [
                    Fact(FileEntryKind.Referred, 60, code: "prosecutor"),
                    Fact(FileEntryKind.Admitted, 45, code: "sentence", detail: "sentenceSatisfied"),
                    Fact(FileEntryKind.PhaseAssigned, 45) with { Phase = "acute-stabilization" },
                    Fact(FileEntryKind.ObjectiveMet, 20, code: "treatment-begun") with { Phase = "acute-stabilization" },
                    Fact(FileEntryKind.ConditionOrdered, 45, code: "treatment"),
                ]),
            [],
            [
                new HearingEntry(Participation, Client, "drug-court", InOpenFile: true,
                    new FileEntry(Hearing, FileEntryKind.HearingScheduled, new DateOnly(2026, 2, 25), CourtFile.Open) { Code = "status", At = Now.AddDays(7) }, 12),
            ],
            new CourtInForce(CourtTemplates.Of(CourtType.Drug, "Drug court", "county-court", ["recovery-coaches"]), 1),
            Now,
            DateOnly.FromDateTime(Now.UtcDateTime)));

        public static Answer Answer { get; } =
            new(Participation, Client, "whole", "restricted", Compliance, ErasedReason: null, Position: 4711, AsOf: null, Now, Notice: null);

        private static FileEntry Fact(FileEntryKind kind, int daysAgo, string? code = null, string? detail = null) =>
            new(NamedId.Of("example", $"{kind}"), kind, DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-daysAgo), CourtFile.Open) { Code = code, Detail = detail };
    }
}
