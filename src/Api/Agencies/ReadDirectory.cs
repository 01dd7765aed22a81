using System.Collections.Immutable;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Agencies;

/// <summary>The directory as it stands, everything in the order of its ids.</summary>
public static class ReadDirectory
{
    /// <param name="AuditGrants">For those who give and watch over them; null for others.</param>
    public sealed record View(IReadOnlyList<AgencyEntry> Agencies, IReadOnlyList<StaffEntry> Staff, IReadOnlyList<AuditGrant>? AuditGrants);

    public sealed record AgencyEntry(
        string AgencyId, string Name, AgencyKind Kind, Part2Status Part2, bool InternalOnly, RecordStatus RecordStatus, IReadOnlyList<Unit> Offices, IReadOnlyList<Unit> Programs);

    /// <summary>An office or a programme.</summary>
    public sealed record Unit(string Id, string Name, bool IsOpen, int? Intercept, RecordStatus? RecordStatus = null);

    /// <param name="Departed">No longer at work; the last post is shown.</param>
    public sealed record StaffEntry(
        string StaffId, Role Role, string AgencyId, string? OfficeId, bool Departed, string? SupervisorId, bool Oversight);

    public static View Example { get; } = new(
        [new("dcc", "Department of Community Corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2, InternalOnly: false, new RecordStatus(Part2Status.NotPart2), [new("north", "North office", IsOpen: true, Intercept: null)], [])],
        [new("agent-1", Role.Agent, "dcc", "north", Departed: false, "supervisor-1", Oversight: false)],
        []);

    public static async Task<IResult> Handle(Actor actor, IEventStore store, HttpResponse response, CancellationToken cancellation)
    {
        var read = await store.FoldAsync(Streams.Directory, actor.Jurisdiction, StreamIds.Directory(actor.Jurisdiction), cancellation);
        response.SetVersion(read.Version);
        return TypedResults.Ok(new View(
            [.. InOrder(read.State.Agencies).Select(agency => new AgencyEntry(
                agency.AgencyId, agency.Name, agency.Kind, agency.Part2, agency.InternalOnly, agency.StatusOfRecords, Units(agency.Offices), Units(agency.Programs)))],
            [.. InOrder(read.State.Staff).Select(Entry)],
            actor.Role is Role.Administrator or Role.PrivacyOfficer
                ? [.. read.State.AuditGrants.Values.OrderBy(grant => grant.ValidFrom).ThenBy(grant => grant.GrantId)]
                : null));
    }

    private static StaffEntry Entry(StaffMember member) => new(
        member.Post.StaffId, member.Post.Role, member.Post.AgencyId, member.Post.OfficeId, member.Post.Departed, member.SupervisorId, member.Oversight);

    private static IReadOnlyList<Unit> Units(ImmutableDictionary<string, AgencyUnit> units) =>
        [.. units.OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit => new Unit(unit.Key, unit.Value.Name, unit.Value.IsOpen, unit.Value.Intercept, unit.Value.Status))];

    private static IEnumerable<T> InOrder<T>(ImmutableDictionary<string, T> entries) =>
        entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value);
}
