using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Agencies;

/// <summary>Who exists, who works where and who supervises whom: what decisions and authorisation ask of the directory.</summary>
public sealed record DirectoryState(
    ImmutableDictionary<string, Agency> Agencies,
    ImmutableDictionary<string, StaffMember> Staff,
    ImmutableDictionary<Guid, AuditGrant> AuditGrants)
{
    public static readonly DirectoryState Initial = new(
        ImmutableDictionary<string, Agency>.Empty,
        ImmutableDictionary<string, StaffMember>.Empty,
        ImmutableDictionary<Guid, AuditGrant>.Empty);

    /// <summary>Each staff member's posts in their order, by staff id; the last one of somebody who departed says so.</summary>
    private ImmutableDictionary<string, ImmutableList<PostSince>> Posts { get; init; } = ImmutableDictionary<string, ImmutableList<PostSince>>.Empty;

    /// <returns>The agency, or null when none is registered under that id.</returns>
    public Agency? FindAgency(string agencyId) => Agencies.GetValueOrDefault(agencyId);

    /// <summary>Whether referrals may be passed to this agency: a recovery-coach provider that keeps client records.</summary>
    public bool IsProvider(string agencyId) =>
        FindAgency(agencyId) is { Kind: AgencyKind.RecoveryCoachProvider, InternalOnly: false };

    /// <returns>The staff member at work, or null for somebody unknown or departed.</returns>
    public StaffMember? Find(string staffId) =>
        Staff.GetValueOrDefault(staffId) is { Post.Departed: false } member ? member : null;

    /// <returns>What kind of agency one is; null for nobody's id.</returns>
    public AgencyKind? KindOf(string agencyId) => FindAgency(agencyId)?.Kind;

    /// <returns>Where somebody works, or last worked; null for somebody unknown.</returns>
    public StaffPost? PostOf(string staffId) => Staff.GetValueOrDefault(staffId)?.Post;

    /// <summary>
    /// For what is entered late. Before somebody's first post in the directory theirs is that one: who worked here longer than the directory exists has no
    /// other in it.
    /// </summary>
    /// <returns>Where somebody worked then, or had last worked by then; of a day, every post that they had in it. Empty for somebody unknown.</returns>
    public IReadOnlyList<StaffPost> PostsAt(string staffId, When when)
    {
        var posts = Posts.GetValueOrDefault(staffId) ?? [];
        var ofThen = posts.FindLast(post => post.Since <= when.OccurredAt) ?? posts.FirstOrDefault();
        return [.. posts.Where(post => post == ofThen || (post.Since > when.OccurredAt && post.Since < when.Latest)).Select(post => post.Post)];
    }

    /// <returns>True when the supervisor is above the staff member in the line, directly or through others.</returns>
    public bool Supervises(string supervisorId, string staffId)
    {
        var above = Find(staffId)?.SupervisorId;
        while (above is not null && above != supervisorId)
            above = Find(above)?.SupervisorId;
        return above is not null;
    }

    /// <returns>True when the staff member oversees the whole jurisdiction's duty queue.</returns>
    public bool HasOversight(string staffId) => Find(staffId)?.Oversight ?? false;

    /// <returns>The auditor's grant that covers the instant, or null [R66].</returns>
    public AuditGrant? GrantInForce(string auditorId, DateTimeOffset instant) => Find(auditorId) is null
        ? null
        : AuditGrants.Values
            .Where(grant => grant.AuditorId == auditorId && grant.Covers(instant))
            .OrderBy(grant => grant.ValidUntil).ThenBy(grant => grant.GrantId)
            .LastOrDefault();

    public static DirectoryState Evolve(DirectoryState state, DirectoryEvent fact) => fact switch
    {
        AgencyRegistered e => state.With(new Agency(e.AgencyId, e.Name, e.Kind, e.Part2, e.InternalOnly)),
        OfficeOpened e => state.WithUnit(e.AgencyId, agency => agency.WithOffice(e.OfficeId, new AgencyUnit(e.Name, IsOpen: true))),
        OfficeClosed e => state.WithUnit(e.AgencyId, agency => agency.WithOffice(e.OfficeId, agency.Offices[e.OfficeId].Closed())),
        ProgramOpened e => state.WithUnit(
            e.AgencyId,
            agency => agency.WithProgram(
                e.ProgramId, new AgencyUnit(e.Name, IsOpen: true, e.Intercept) { Status = agency.Programs.GetValueOrDefault(e.ProgramId)?.Status })),
        ProgramClosed e => state.WithUnit(
            e.AgencyId, agency => agency.WithProgram(e.ProgramId, agency.Programs[e.ProgramId].Closed())),
        RecordStatusDecided e => state.WithUnit(e.AgencyId, agency => agency.WithStatus(e.ProgramId, e.Status)),
        StaffMemberEngaged e => state.With(new StaffMember(new StaffPost(e.StaffId, e.Role, e.AgencyId, e.OfficeId))).Posted(e.StaffId, e.OccurredAt),
        StaffMemberMoved e => state.Move(e).Posted(e.StaffId, e.OccurredAt),
        StaffMemberDeparted e => state.WithoutSupervision(e.StaffId)
            .WithMember(e.StaffId, member => new StaffMember(member.Post with { Departed = true }))
            .WithoutGrants(e.StaffId, e.OccurredAt)
            .Posted(e.StaffId, e.OccurredAt),
        SupervisorAssigned e => state.WithMember(e.StaffId, member => member with { SupervisorId = e.SupervisorId }),
        JurisdictionOversightAssigned e => state.WithMember(e.StaffId, member => member with { Oversight = true, OversightEnded = false }),
        JurisdictionOversightEnded e => state.WithMember(e.StaffId, member => member with { Oversight = false, OversightEnded = true }),
        AuditGrantGiven e => state.With(new AuditGrant(e.GrantId, e.AuditorId, e.GrantedPurpose, e.ValidFrom, e.ValidUntil)),
        AuditGrantEnded e => state.With(state.AuditGrants[e.GrantId] with { EndedAt = e.OccurredAt }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DirectoryState)}."),
    };

    private DirectoryState Posted(string staffId, DateTimeOffset since) =>
        this with { Posts = Posts.SetItem(staffId, (Posts.GetValueOrDefault(staffId) ?? []).Add(new PostSince(since, Staff[staffId].Post))) };

    private DirectoryState With(Agency agency) => this with { Agencies = Agencies.SetItem(agency.AgencyId, agency) };

    private DirectoryState With(StaffMember member) => this with { Staff = Staff.SetItem(member.Post.StaffId, member) };

    private DirectoryState With(AuditGrant grant) => this with { AuditGrants = AuditGrants.SetItem(grant.GrantId, grant) };

    private DirectoryState WithUnit(string agencyId, Func<Agency, Agency> change) => With(change(Agencies[agencyId]));

    private DirectoryState WithMember(string staffId, Func<StaffMember, StaffMember> change) => With(change(Staff[staffId]));

    /// <summary>A move inside the agency keeps the line of supervision; one to another agency leaves it behind.</summary>
    private DirectoryState Move(StaffMemberMoved e)
    {
        var before = Staff[e.StaffId].Post.AgencyId == e.AgencyId ? this : WithoutSupervision(e.StaffId);
        return before.WithMember(
            e.StaffId, member => member with { Post = member.Post with { AgencyId = e.AgencyId, OfficeId = e.OfficeId } });
    }

    private DirectoryState WithoutSupervision(string staffId) => this with
    {
        Staff = Staff.SetItems(Staff
            .Where(entry => entry.Key == staffId || entry.Value.SupervisorId == staffId)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { SupervisorId = null }))),
    };

    private DirectoryState WithoutGrants(string auditorId, DateTimeOffset endedAt) => this with
    {
        AuditGrants = AuditGrants.SetItems(AuditGrants
            .Where(entry => entry.Value.AuditorId == auditorId && entry.Value.EndedAt is null)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { EndedAt = endedAt }))),
    };

    private sealed record PostSince(DateTimeOffset Since, StaffPost Post);
}
