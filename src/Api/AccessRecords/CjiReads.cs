using CaseFlow.Api.Composition;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Access;

namespace CaseFlow.Api.AccessRecords;

/// <summary>An answer that knows, by the labels of what it shows, whether criminal justice information is among it.</summary>
public interface ITellsCji
{
    bool TellsCji { get; }
}

/// <summary>An answer that says which agencies' records it tells of, beside those of the asker's own.</summary>
public interface IToldByAgencies
{
    IEnumerable<string?> ToldBy { get; }

    /// <summary>It tells of records without saying whose: any agency's may be among them.</summary>
    bool ByAnyAgency => false;
}

/// <summary>Whose records some events are.</summary>
internal static class RecordOwners
{
    /// <returns>Agencies, each once; null for the system's own.</returns>
    public static IReadOnlyList<string?> Of(IEnumerable<RecordedEvent> events) =>
        [.. events.Select(recorded => (recorded.Headers as Circumstances)?.Owner()).Distinct()];
}

/// <summary>
/// Whether an answer tells criminal justice information, so that its read is marked (CJIS Security Policy; R64). Where an answer shows entries, their
/// labels say so. Any other shows the records of the asker's own agency or of agencies that it names: whether these hold such information, the directory
/// says, for that is what labels follow from. Whoever watches over records works for no agency of theirs, so each answer that they may get says one or
/// the other. It errs on the side of marking.
/// </summary>
public sealed class CjiReads(Registers registers)
{
    /// <returns>The read, marked if it is to be.</returns>
    internal async Task<AccessEntry> MarkAsync(HttpContext http, object? answer, AccessEntry entry) =>
        entry is { Outcome: AccessOutcome.Shown or AccessOutcome.Restricted, SubjectIds.Count: > 0 } && await IsToldAsync(http, answer)
            ? entry with { Cji = true }
            : entry;

    /// <returns>Whether labels name it.</returns>
    public static bool IsCji(IReadOnlyList<string> labels) => labels.Contains(Label.Cji.Code(), StringComparer.Ordinal);

    private async Task<bool> IsToldAsync(HttpContext http, object? answer)
    {
        if (answer is ITellsCji tells)
            return tells.TellsCji;
        var actor = http.Actor();
        // An auditor's agency is whom they work for, and not whose records they read.
        var own = actor.Role is Role.Auditor or Role.PrivacyOfficer ? null : actor.Agency;
        var told = answer as IToldByAgencies;
        var agencies = (told?.ToldBy ?? []).Append(own).OfType<string>().ToList();
        if (agencies.Count == 0 && told?.ByAnyAgency is not true)
            return false;
        var directory = await registers.KnownDirectoryAsync(actor.Jurisdiction, http.RequestAborted);
        return told?.ByAnyAgency is true ? directory.Agencies.Values.Any(HoldsCji) : agencies.Any(id => directory.FindAgency(id) is { } agency && HoldsCji(agency));
    }

    private static bool HoldsCji(Agency agency) => agency.StatusOfRecords.Cji || agency.Programs.Values.Any(program => program.Status?.Cji == true);
}
