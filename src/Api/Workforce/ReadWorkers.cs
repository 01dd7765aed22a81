using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Workforce;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Workforce;

/// <summary>
/// A peer worker's certifications, capacity and caseload, and all those of an agency, with the warnings of R50. Who is asked about follows from
/// where they work now; what is told of them, from the moment asked about.
/// </summary>
public static class ReadWorkers
{
    internal const string Worker = "/workforce/{staffId}";

    /// <param name="MayTakeOn">Whether a certification is in force on the day asked about.</param>
    /// <param name="Warnings">Certifications that end soon, or count no more (R50); the most pressing first.</param>
    /// <param name="Capacity">The worker's own; null for what each court says.</param>
    /// <param name="Caseload">Participations whose coach they are; each is flagged while no certification is in force (scenario 14).</param>
    public sealed record View(
        string StaffId, bool MayTakeOn, IReadOnlyList<CertificateView> Certificates, IReadOnlyList<CertificationWarning> Warnings, CaseloadCapacity? Capacity,
        IReadOnlyList<CaseloadItem> Caseload);

    public sealed record CertificateView(Certification Kind, DateOnly ValidUntil, CertificateStanding Standing, bool InForce);

    public sealed record CaseloadItem(Guid ParticipationId, bool CertificationNotInForce);

    /// <param name="MayTakeOn">Whether a certification is in force on the day asked about; somebody who was never certified has no warning, and may not.</param>
    /// <param name="Clients">How many they coach.</param>
    /// <param name="Flagged">Participations whose coach they are while no certification is in force: flagged, and not taken away (scenario 14).</param>
    public sealed record Line(
        string StaffId, Role Role, bool MayTakeOn, IReadOnlyList<CertificationWarning> Warnings, int Clients, IReadOnlyList<Guid> Flagged);

    /// <param name="ByWarning">Workers by what is warned of, before any filter.</param>
    /// <param name="PolicyVersion">Version of the policy that the warnings are by.</param>
    /// <param name="Today">The jurisdiction's day that is asked about.</param>
    public sealed record Answer(
        IReadOnlyList<Line> Workers, IReadOnlyDictionary<string, int> ByWarning, int PolicyVersion, DateOnly Today, DateTimeOffset EvaluatedAt);

    /// <summary>What the list is narrowed to.</summary>
    public sealed record Filter(CertificationWarningKind? Warning)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context) => new(new Filter(new QueryReader(context.Request).Word<CertificationWarningKind>("warning")));
    }

    private static readonly CertificationWarning Soon = new(
        Certification.Cps, CertificationWarningKind.Expiring, new DateOnly(2028, 1, 31), new DateOnly(2028, 3, 1), DaysLeft: 21, WithinDays: 30, PolicyVersion: 1);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapAsk("/workforce", ListAsync)
            .Named("listWorkforce", "The agency's peer workers with the warnings of their certifications (R50), the most pressing first").Allow(Role.CoachSupervisor)
            .ShowsNobody("it names participations by their ids alone")
            .Asks([
                new("warning", "Only workers who are warned of this.", Words: QueryReader.ViewWords<CertificationWarningKind>()),
                .. AskedMoment.Parameters,
            ])
            .Gives(new Answer(
                [new Line("coach-1", Role.Coach, MayTakeOn: true, [Soon], Clients: 12, [])],
                new SortedDictionary<string, int> { ["expiring"] = 1 }, PolicyVersion: 1, new DateOnly(2028, 2, 9), new DateTimeOffset(2028, 2, 9, 15, 0, 0, TimeSpan.Zero)));
        api.MapAsk(Worker, ReadAsync)
            .Named("readWorker", "Certifications, their warnings (R50), capacity and caseload, for the worker and who supervises the coaches of the agency")
            .Allow(Role.Coach, Role.PeerSpecialist, Role.CoachSupervisor)
            .ShowsNobody("it names participations by their ids alone")
            .Asks(AskedMoment.Parameters)
            .Gives(new View(
                "coach-1", MayTakeOn: true, [new CertificateView(Certification.Cps, new DateOnly(2028, 3, 1), CertificateStanding.InForce, InForce: true)], [Soon],
                new CaseloadCapacity(15, 20), [new CaseloadItem(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), CertificationNotInForce: false)]));
    }

    private static async Task<IResult> ReadAsync(
        string staffId, AskedMoment asked, Actor actor, Registers registers, CertificationReading reading, HttpResponse response, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        if (!WorkforceDesk.Keeps(actor, staffId, directory.PostOf(staffId), orItself: true))
            return Problems.From(WorkforceRejections.NotFound(staffId));
        if (await reading.OfAsync(actor.Jurisdiction, asked, [staffId], cancellation) is not { } held)
            return Problems.From(PolicyRejections.NoneInForce());

        var (warnings, worker) = (held.Warnings, held.Workers[staffId]);
        var isCertified = warnings.IsCertified(worker.State);
        if (asked.IsNow)
            response.SetVersion(worker.Version);
        return TypedResults.Ok(new View(
            staffId,
            isCertified,
            [.. worker.State.Certificates.OrderBy(one => one.Key)
                .Select(one => new CertificateView(one.Key, one.Value.ValidUntil, one.Value.Standing, one.Value.IsValid(warnings.Today)))],
            warnings.Of(worker.State),
            worker.State.Capacity,
            [.. worker.State.Caseload.Order().Select(id => new CaseloadItem(id, !isCertified))]));
    }

    private static async Task<IResult> ListAsync(
        Filter filter, AskedMoment asked, Actor actor, Registers registers, CertificationReading reading, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var posts = directory.Staff.Values.Select(member => member.Post)
            .Where(post => post.Role is Role.Coach or Role.PeerSpecialist or Role.CoachSupervisor && WorkforceDesk.Keeps(actor, post.StaffId, post, orItself: false))
            .ToList();
        if (await reading.OfAsync(actor.Jurisdiction, asked, [.. posts.Select(post => post.StaffId)], cancellation) is not { } held)
            return Problems.From(PolicyRejections.NoneInForce());

        var lines = posts.Select(post => LineOf(post, held.Workers[post.StaffId].State, held.Warnings)).ToList();
        return TypedResults.Ok(new Answer(
            [
                .. lines.Where(line => filter.Warning is not { } kind || line.Warnings.Any(one => one.Warning == kind))
                    .OrderBy(line => line.Flagged.Count == 0)
                    .ThenBy(line => line.Warnings.Count == 0 ? int.MaxValue : (int)line.Warnings[0].Warning)
                    .ThenBy(line => line.Warnings.Count == 0 ? DateOnly.MaxValue : line.Warnings[0].ValidUntil).ThenBy(line => line.StaffId, StringComparer.Ordinal),
            ],
            new SortedDictionary<string, int>(
                lines.SelectMany(line => line.Warnings.Select(one => Projections.ViewText.Of(one.Warning)).Distinct()).GroupBy(kind => kind, StringComparer.Ordinal)
                    .ToDictionary(kind => kind.Key, kind => kind.Count()),
                StringComparer.Ordinal),
            held.PolicyVersion,
            held.Warnings.Today,
            held.At));
    }

    private static Line LineOf(StaffPost post, WorkforceState worker, CertificationWarnings warnings)
    {
        var isCertified = warnings.IsCertified(worker);
        return new Line(post.StaffId, post.Role, isCertified, warnings.Of(worker), worker.Caseload.Count, isCertified ? [] : [.. worker.Caseload.Order()]);
    }
}

/// <summary>Peer workers at a moment, and by which policy they are warned.</summary>
/// <param name="At">The instant asked about.</param>
/// <param name="Workers">Each that was asked for.</param>
public sealed record WorkforceHeld(
    DateTimeOffset At, CertificationWarnings Warnings, int PolicyVersion, IReadOnlyDictionary<string, (long Version, WorkforceState State)> Workers);

/// <summary>Reads peer workers as they were known at a moment, and the policy that was known and in force then.</summary>
public sealed class CertificationReading(IEventStore store, StreamMoments moments)
{
    /// <returns>Null while no policy was in force.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    public async Task<WorkforceHeld?> OfAsync(string jurisdiction, AskedMoment asked, IReadOnlyCollection<string> staff, CancellationToken cancellation)
    {
        var moment = await moments.ResolveAsync(asked, cancellation);
        var policies = await store.ReadStreamAsync(jurisdiction, StreamIds.Policies(jurisdiction), upToPosition: moment.Position, cancellation: cancellation);
        var published = policies.Events.Aggregate(PolicyState.Initial, (folded, one) => PolicyState.Evolve(folded, (PolicyEvent)one.Data));
        if (published.InForceAt(moment.At) is not { } policy)
            return null;

        var streams = await store.ReadStreamsAsync(jurisdiction, [.. staff.Select(id => StreamIds.Workforce(jurisdiction, id))], cancellation);
        return new WorkforceHeld(moment.At, new CertificationWarnings(policy, moment.At), policy.Version, staff.ToDictionary(id => id, Held, StringComparer.Ordinal));

        (long, WorkforceState) Held(string staffId)
        {
            var events = streams.GetValueOrDefault(StreamIds.Workforce(jurisdiction, staffId))?.Events ?? [];
            var known = moment.Position is { } position ? [.. events.Where(one => one.Position <= position)] : events;
            // What was told of now is told as it is, also what was stated a little ahead of this clock.
            var had = asked.IsNow ? known : Occurred.By(known, moment.At);
            return (known.Count, had.Select(one => (WorkforceEvent)one.Data).Aggregate(WorkforceState.Initial, WorkforceState.Evolve));
        }
    }
}
