namespace CaseFlow.Domain;

/// <summary>
/// Who corrects an entry of a provider's record: the one who recorded it, or who leads that provider's coaches; nobody else, also not whoever
/// coaches now, for they were not there (R65 [P]).
/// </summary>
/// <param name="StaffId">Who asks.</param>
/// <param name="Leads">Whether they lead those whose record it is.</param>
public sealed record Corrector(string StaffId, bool Leads)
{
    /// <param name="recordedBy">Staff id of who recorded the entry; null when nobody did, but a system.</param>
    public bool MayCorrect(string? recordedBy) => Leads || recordedBy == StaffId;
}
