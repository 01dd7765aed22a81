using CaseFlow.Domain.Consents;

namespace CaseFlow.Domain.Privacy;

/// <summary>Who looks at a record.</summary>
/// <param name="Role">As what.</param>
/// <param name="Agency">For which agency; null for none.</param>
/// <param name="Purpose">For what.</param>
/// <param name="UnderGrant">An auditor's grant is in force (R66).</param>
public sealed record Viewer(Role Role, string? Agency, Purpose Purpose, bool UnderGrant = false)
{
    /// <summary>Who it is; null for anybody of that role.</summary>
    public string? StaffId { get; init; }
}

/// <summary>What is looked at.</summary>
/// <param name="SourceAgency">Whose record it is; null for the system's own.</param>
/// <param name="Labels">What law it is under.</param>
/// <param name="Information">What it tells, in the words of a consent.</param>
/// <param name="ReceivedAt">When the agency received it, at the earliest; null for whenever.</param>
public sealed record RecordShown(
    string? SourceAgency, IReadOnlyCollection<Label> Labels, ConsentInformation Information, DateTimeOffset? ReceivedAt = null)
{
    /// <summary>The staff id of who wrote it; null where that makes no difference, or is not asked.</summary>
    public string? Author { get; init; }

    /// <summary>How much of a treatment it tells.</summary>
    public Depth Depth => Told.DepthOf(Information);
}

/// <summary>What the client, a court, and an emergency have to say about it, at the moment of the question.</summary>
/// <param name="Consent">How the consent for exactly this disclosure stands.</param>
/// <param name="ConsentId">Which consent it is; null when there is none.</param>
/// <param name="Restricted">A restriction was agreed with the client (45 CFR 164.522).</param>
/// <param name="BreakGlass">The viewer opened the record in an emergency, and that is on record.</param>
/// <param name="OrderId">The court order in force that has exactly this told to the viewer; null for none (42 CFR 2.61).</param>
public sealed record Grounds(ConsentStanding Consent, Guid? ConsentId = null, bool Restricted = false, bool BreakGlass = false, Guid? OrderId = null)
{
    /// <summary>Nothing was ever granted.</summary>
    public static readonly Grounds None = new(ConsentStanding.None);

    /// <summary>The one decision (<see cref="Disclosing"/>), asked from where the grounds are.</summary>
    public Disclosure Show(Viewer viewer, RecordShown record) => Disclosing.Decide(viewer, record, this);
}

/// <summary>Why a record may be shown.</summary>
public enum Basis
{
    /// <summary>It is the viewer's own agency's record.</summary>
    OwnRecord,

    /// <summary>A consent in force covers it.</summary>
    Consent,

    /// <summary>A court order in force has it told.</summary>
    CourtOrder,

    /// <summary>An auditor reads under a grant.</summary>
    AuditGrant,

    /// <summary>The privacy officer watches over all records.</summary>
    PrivacyOversight,

    /// <summary>The client asked for the own record.</summary>
    ClientsOwnRight,

    /// <summary>The record was opened in an emergency.</summary>
    Emergency,
}

/// <summary>Whether a record is shown. A restriction never says why: a reason would tell what there is.</summary>
public abstract record Disclosure
{
    private Disclosure()
    {
    }

    /// <param name="Basis">On what ground.</param>
    /// <param name="ConsentId">The consent that this rests on; null on any other ground.</param>
    /// <param name="OrderId">The court order that this rests on; null on any other ground.</param>
    public sealed record Allowed(Basis Basis, Guid? ConsentId = null, Guid? OrderId = null) : Disclosure;

    public sealed record Restricted : Disclosure
    {
        public static readonly Restricted Only = new();
    }
}

/// <summary>
/// The one decision about who sees what. Whether somebody reaches a client at all is decided before; this says which of the client's
/// records they then see. Pure: evaluated whenever somebody asks, so a consent counts from the moment it is recorded (R60).
/// </summary>
public static class Disclosing
{
    /// <summary>
    /// The rules, in this order; the first that answers counts. Every label can only take away.
    /// <list type="number">
    /// <item>A worker's private note is for its author, as a worker of the same agency, and for the supervisors there: neither consent, audit, oversight nor emergency
    /// opens it (domain reference 4.1; cf. 45 CFR 164.524(a)(1)(i)).</item>
    /// <item>Criminal justice information is for justice staff, whoever holds it (CJIS Security Policy; 2.7).</item>
    /// <item>The court's confidential file is not for the prosecution, nor for anybody whose work it is not [S:wi-recordkeeping-2011].</item>
    /// <item>Whoever runs the system reads no record.</item>
    /// <item>An agency sees its own record.</item>
    /// <item>The privacy officer sees all records to watch over them, and the client's own to answer the client, but for that purpose
    /// nothing from victim services (45 CFR 164.524(a)(3)).</item>
    /// <item>An auditor under a grant in force sees them for the audit (42 CFR 2.53; R66), but nothing from victim services.</item>
    /// <item>What comes from victim services leaves its agency for nobody else: it is not the client's to share.</item>
    /// <item>In an emergency, opened with a reason and for a time, those who help see the record (42 CFR 2.51; 51.30(4)(b)8).</item>
    /// <item>A juvenile's record is not for the prosecution (Wis. Stat. 938.396).</item>
    /// <item>Everybody else asks for the purpose of their work. With a consent in force for exactly this disclosure (42 CFR 2.31, 2.35; Wis.
    /// Stat. 51.30) they see no more than it takes, <see cref="DepthOf"/> (R38), and not what the client and the agency agreed to restrict
    /// (45 CFR 164.522).</item>
    /// <item>Without one, a court order in force shows what it names, however deep, whatever was restricted or taken back (42 CFR 2.61–2.65;
    /// Wis. Stat. 51.30(4)(b)4; 45 CFR 164.522(a)(1)(v); R67).</item>
    /// </list>
    /// </summary>
    public static Disclosure Decide(Viewer viewer, RecordShown record, Grounds grounds)
    {
        if (Bars(viewer, record))
            return No;
        if (IsOwn(viewer, record))
            return new Disclosure.Allowed(Basis.OwnRecord);

        switch (viewer)
        {
            case { Role: Role.PrivacyOfficer, Purpose: Purpose.Audit }:
                return new Disclosure.Allowed(Basis.PrivacyOversight);
            case { Role: Role.PrivacyOfficer, Purpose: Purpose.OwnRecord }:
                return new Disclosure.Allowed(Basis.ClientsOwnRight);
            case { Role: Role.Auditor, Purpose: Purpose.Audit, UnderGrant: true }:
                return new Disclosure.Allowed(Basis.AuditGrant);
        }

        if (grounds.BreakGlass && viewer.Purpose == Purpose.Care && HelpsInEmergency(viewer.Role))
            return new Disclosure.Allowed(Basis.Emergency);
        if (DepthOf(viewer.Role, viewer.Purpose) is not { } deepest)
            return No;
        if (grounds.Consent == ConsentStanding.InForce && !grounds.Restricted && record.Depth <= deepest)
            return new Disclosure.Allowed(Basis.Consent, grounds.ConsentId);
        return grounds.OrderId is { } order ? new Disclosure.Allowed(Basis.CourtOrder, OrderId: order) : No;
    }

    /// <summary>
    /// What no ground opens: the rules of <see cref="Decide"/> that a label makes by itself. Also asked alone, where somebody sees an entry because they
    /// work with the client, and its labels were corrected since.
    /// </summary>
    /// <returns>Whether the record's labels keep it from the viewer, whatever was consented to or ordered.</returns>
    public static bool Bars(Viewer viewer, RecordShown record)
    {
        var own = IsOwn(viewer, record);
        return (Has(Label.WorkerPrivate) && !(own && (viewer.Role is Role.AgentSupervisor or Role.CoachSupervisor || IsAuthor(viewer, record))))
            || (Has(Label.Cji) && !IsJustice(viewer.Role))
            || (Has(Label.CourtConfidential) && !MayReadConfidentialFile(viewer.Role))
            || viewer.Role == Role.Administrator
            || (!own && Has(Label.Victim) && viewer is not { Role: Role.PrivacyOfficer, Purpose: Purpose.Audit })
            || (!own && Has(Label.Juvenile) && viewer.Role == Role.Prosecutor);

        bool Has(Label label) => record.Labels.Contains(label);
    }

    private static bool IsOwn(Viewer viewer, RecordShown record) => viewer.Agency is { } agency && agency == record.SourceAgency;

    private static bool IsAuthor(Viewer viewer, RecordShown record) =>
        viewer is { Role: Role.Coach or Role.PeerSpecialist, StaffId: { } staff } && staff == record.Author;

    private static Disclosure No => Disclosure.Restricted.Only;

    /// <summary>
    /// How much a role sees of another agency's record with the client's consent, for the purpose of its work; null for nothing. Those
    /// who care for the client see all that the consent covers. Those who supervise or judge see what monitors progress (2.35(a)), the
    /// prosecution only whether the client takes part.
    /// </summary>
    public static Depth? DepthOf(Role role, Purpose purpose) => (role, purpose) switch
    {
        (Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist, Purpose.Care) => Depth.Detail,
        (Role.Agent or Role.AgentSupervisor, Purpose.Supervision) => Depth.Progress,
        (Role.Coordinator or Role.Judge or Role.Defence, Purpose.CourtMonitoring) => Depth.Progress,
        (Role.Prosecutor, Purpose.CourtMonitoring) => Depth.Participation,
        _ => null,
    };

    private static bool IsJustice(Role role) =>
        role is Role.Agent or Role.AgentSupervisor or Role.Coordinator or Role.Judge or Role.Prosecutor or Role.Dispatcher;

    private static bool MayReadConfidentialFile(Role role) => role is Role.Coordinator or Role.Judge or Role.Defence or Role.Agent
        or Role.AgentSupervisor or Role.Auditor or Role.PrivacyOfficer;

    /// <summary>Those who may open a record in an emergency, and nobody else: what the table says somebody sees, they can come to see.</summary>
    private static bool HelpsInEmergency(Role role) =>
        role is Role.Agent or Role.AgentSupervisor or Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist;
}
