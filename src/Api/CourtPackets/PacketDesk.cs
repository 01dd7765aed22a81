using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
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
            return new Problem(ProblemCatalogue.AsOfAhead, field: "asOf");
        if (ask.AsRecorded > now + When.Skew)
            return new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded");

        var (jurisdiction, packetId) = (actor.Jurisdiction, ask.PacketId ?? Guid.CreateVersion7());
        long? end = ask.AsRecorded is null ? await EndAsync(cancellation) : null;
        var at = await moments.PinAsync(jurisdiction, new AskedMoment(ask.AsOf, ask.AsRecorded, end, null), cancellation);
        var moment = new PageMoment(at.Position!.Value, at.Instant, moments.CountedTo(ask.AsOf, ask.AsRecorded));
        if (await moments.CourtAsync(jurisdiction, court, moment.Position, moment.EvaluatedAt, cancellation) is not { } configured)
            return Problems.From(CourtRejections.NoneInForce());

        var participations = ask.Participations ?? await DocketAsync(jurisdiction, configured, ask.HearingDay!.Value, at, cancellation);
        // What the record held before is told only as far as it may be told now, too: nobody could read another page.
        var asked = ask.AsRecorded is null ? null : new Viewer(ask.ForRole, configured.InForce.Configuration.AgencyId, PurposesOfUse.UsualOf(ask.ForRole));
        var made = await pages.MakeAsync(actor, court, participations, moment, ask.ForRole, PacketPages.Format, asked, cancellation);
        if (participations.Where(id => !made.ContainsKey(id)).Select(id => (Guid?)id).FirstOrDefault() is { } unknown)
            return Problems.From(ParticipationRejections.NotFound(unknown));

        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        var missing = await MissingAsync(jurisdiction, configured, directory, [.. made.Values.Select(page => page.ClientId)], cancellation);
        var names = new PageNames(configured.InForce.Configuration, id => directory.Agencies.GetValueOrDefault(id)?.Name);
        return await desk.RunAsync(async session =>
        {
            var shown = participations.Select(id => made[id]).Where(page => page.IsShown)
                .Select(page => new CourtReportPage(EventOf(packetId, court, ask, moment, page, names, session), missing(page.ClientId))).ToList();
            var stream = await session.LoadAsync(Streams.CourtReport, packetId);
            var decided = IssueCourtReport.Decide(new(packetId, shown), stream.State, session.Now);
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
                [.. shown.Where(page => page.Missing.Count > 0).Select(page => new PageRefused(page.Page.ParticipationId, page.Missing))],
                [.. participations.Where(id => !made[id].IsShown)]));
        });
    }

    private static CourtReportIssued EventOf(
        Guid packetId, string court, PacketRequest ask, PageMoment moment, PageMade page, PageNames names, CommandSession session)
    {
        var fact = new CourtReportIssued(
            page.ParticipationId, court, ask.ForRole, PacketPages.Format, moment.Position, moment.AsOf, moment.EvaluatedAt, page.Court.InForce.Version,
            page.Court.Policy?.Version, PacketReading.HashOf(page.Data), Sealed<string>.Of(page.Data))
        {
            PacketId = packetId,
            ClientId = page.ClientId,
            AsRecorded = ask.AsRecorded,
        };
        var sheet = new PacketHtml(PageText.Of(page.Court)).Sheet(fact, page.Content!, names, session.Now, session.Actor.Id);
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

    /// <summary>Everything that is answered as recorded is on the page: the log's end, not how far a view has come, once what was recorded last is in the log.</summary>
    private async Task<long> EndAsync(CancellationToken cancellation)
    {
        if (await database.Store.LastSequenceAsync(cancellation) is > 0 and var last)
            await database.Reader.AwaitPlaceAsync(last, cancellation);
        return (await database.Store.EndOfLogAsync(cancellation)).Position;
    }

    /// <summary>What the consents in force now lack: a page is issued now, whatever moment it is about.</summary>
    private async Task<Func<Guid, IReadOnlyList<MissingConsent>>> MissingAsync(
        string jurisdiction, CourtAsked court, DirectoryState directory, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        var grounds = await consents.OfAllAsync(jurisdiction, clients, cancellation);
        var policy = ConsentPolicyInForce.Of(court.Policy).Rules;
        return client => CourtSources.MissingFor(court.InForce.Configuration, grounds(client), directory, policy);
    }
}
