namespace CaseFlow.Domain;

/// <summary>Where a staff member works and as what: what the directory tells other capabilities about a person.</summary>
/// <param name="Departed">True when they no longer work there; the last post is kept.</param>
public sealed record StaffPost(string StaffId, Role Role, string AgencyId, string? OfficeId, bool Departed = false);
