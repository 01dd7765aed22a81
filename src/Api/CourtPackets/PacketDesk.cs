using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Api.CourtPackets;

/// <summary>Issues packets: makes the pages of a moment, freezes them with the moment and their hashes, and shows nothing itself.</summary>
public sealed class PacketDesk(
    CommandDesk desk, CaseFlowDatabase database, CourtMoments moments, PacketPages pages, ClientConsents consents, Registers registers, TimeProvider clock)
{
    public async Task<IResult> IssueAsync(string court, PacketRequest ask, Actor actor, CancellationToken cancellation)
    {
        if (await moments.CheckAsync(actor, court, cancellation) is { } refused)
            return Problems.From(refused);
        var now = clock.GetUtcNow();
        if (ask.AsOf > now + When.Skew)
            return new Problem(ProblemCatalogue.AsRecordedAhead, field: "asOf");

        var (jurisdiction, packetId) = (actor.Jurisdiction, ask.PacketId ?? Guid.CreateVersion7());
        // Everything that is answered as recorded is on the page: the log's end, not how far a view has come.
        var end = (await database.Store.EndOfLogAsync(cancellation)).Position;
        var at = await moments.PinAsync(jurisdiction, new AskedMoment(ask.AsOf, null, end, null), cancellation);
        var moment = new PageMoment(at.Position!.Value, at.Instant, ask.AsOf ?? now);
        if (await moments.CourtAsync(jurisdiction, court, moment.Position, moment.EvaluatedAt, cancellation) is not { } configured)
            return Problems.From(CourtRejections.NoneInForce());

        var participations = ask.Participations ?? await DocketAsync(jurisdiction, configured, ask.HearingDay!.Value, at, cancellation);
        var made = await pages.MakeAsync(actor, court, participations, moment, ask.ForRole, PacketPages.Format, isReading: false, cancellation);
        if (participations.Where(id => !made.ContainsKey(id)).Select(id => (Guid?)id).FirstOrDefault() is { } unknown)
            return Problems.From(ParticipationRejections.NotFound(unknown));

        var missing = await MissingAsync(jurisdiction, configured, [.. made.Values.Select(page => page.ClientId)], cancellation);
        return await desk.RunAsync(async session =>
        {
            var asked = participations.Select(id => made[id]).Where(page => page.Content is not null)
                .Select(page => new CourtReportPage(EventOf(packetId, court, ask.ForRole, moment, page, session), missing(page.ClientId))).ToList();
            var stream = await session.LoadAsync(Streams.CourtReport, packetId);
            var decided = IssueCourtReport.Decide(new(packetId, asked), stream.State, session.Now);
            if (decided.Rejection is not null)
                session.Record(stream, decided);
            foreach (var page in decided.Events.Cast<CourtReportIssued>())
            {
                session.Record(stream, page, about => about with
                {
                    Intercept = 3,
                    PolicyVersion = configured.Policy?.Version,
                    Labels = made[page.ParticipationId].IsJuvenile ? [Label.Juvenile.Code()] : about.Labels,
                });
            }

            return Answer.Created(stream, $"/api/courts/{court}/packets/{packetId}", new PacketIssued(
                packetId,
                [.. stream.State.Pages.Select(page => new PageIssued(page.ParticipationId, page.ContentHash))],
                [.. asked.Where(page => page.Missing.Count > 0).Select(page => new PageRefused(page.Page.ParticipationId, page.Missing))],
                [.. participations.Where(id => made[id].Content is null)]));
        });
    }

    private static CourtReportIssued EventOf(Guid packetId, string court, Role forRole, PageMoment moment, PageMade page, CommandSession session)
    {
        var fact = new CourtReportIssued(
            page.ParticipationId, court, forRole, PacketPages.Format, moment.Position, moment.AsOf, moment.EvaluatedAt, page.Court.InForce.Version,
            page.Court.Policy?.Version, PacketReading.HashOf(page.Data), Sealed<string>.Of(page.Data))
        {
            PacketId = packetId,
            ClientId = page.ClientId,
        };
        var sheet = new PacketHtml(PacketHtml.ClockOf(page.Court)).Sheet(fact, page.Content!, session.Now, session.Actor.Id);
        return fact with { Sheet = Sealed<string>.Of(sheet), SheetHash = PacketReading.HashOf(sheet) };
    }

    /// <summary>Whoever has a hearing that day, in the order of the hearings; one that an end vacated is none.</summary>
    private async Task<IReadOnlyList<Guid>> DocketAsync(string jurisdiction, CourtAsked court, DateOnly day, ViewInstant at, CancellationToken cancellation)
    {
        var (start, end) = court.DayOf(day);
        var (entries, _) = await HearingQueries.OfCourtAsync(
            database.Reader, database.Views.HearingCalendar, jurisdiction, court.Code, openFileOnly: false, start, end, at, cancellation);
        var hearings = HearingQueries.Together(entries).Where(hearing => hearing.At >= start && hearing.At < end).ToList();
        var (endedOn, _) = await CourtEnds.OfAsync(database, jurisdiction, hearings.Select(hearing => hearing.ParticipationId), openFileOnly: false, at, cancellation);
        return
        [
            .. hearings.Select(hearing => hearing.After(endedOn(hearing.ParticipationId), court.LocalDay))
                .Where(hearing => hearing.State != HearingState.Vacated)
                .Select(hearing => hearing.ParticipationId).Distinct(),
        ];
    }

    /// <summary>What the consents in force now lack: a page is issued now, whatever moment it is about.</summary>
    private async Task<Func<Guid, IReadOnlyList<MissingConsent>>> MissingAsync(
        string jurisdiction, CourtAsked court, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        var grounds = await consents.OfAllAsync(jurisdiction, clients, cancellation);
        var policy = ConsentPolicyInForce.Of(court.Policy).Rules;
        return client => CourtSources.MissingFor(court.InForce.Configuration, grounds(client), directory, policy);
    }
}
