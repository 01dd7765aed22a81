using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Courts;

/// <summary>Whether the consents are in place that a court's team needs of a client's providers (R38).</summary>
public sealed class CourtConsents(Registers registers)
{
    /// <summary>Who reads what monitoring takes at every hearing.</summary>
    private static readonly Role[] Team = [Role.Coordinator, Role.Judge];

    private static readonly Label[] Protecting = [Label.Part2, Label.Wi5130];

    /// <summary>Asked of the decision about records itself when somebody is admitted; the consents that the answer rests on are guarded.</summary>
    /// <returns>Ids of the providers that may not tell the team what monitoring takes.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CommandSession session, Guid clientId, CourtConfiguration court)
    {
        var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var grounds = new ConsentGrounds(consents.State, session.Now, agency => directory.FindAgency(agency)?.Kind);
        return [.. court.Providers.Where(provider => directory.FindAgency(provider) is { } agency && IsKeptFrom(agency, court.AgencyId, grounds))];
    }

    private static bool IsKeptFrom(Agency agency, string court, ConsentGrounds grounds)
    {
        var labels = Labelling.LabelsOf(agency, Filing.Usual).Intersect(Protecting).ToList();
        // A provider of which nobody decided whether Part 2 holds is taken as under it until somebody does.
        if (labels.Count == 0 && agency.StatusOfRecords.Part2 == Part2Status.Unknown)
            labels.Add(Label.Part2);
        return labels.Count > 0 && (
            from role in Team
            from information in new[] { ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress }
            let viewer = new Viewer(role, court, Purpose.CourtMonitoring)
            let record = new RecordShown(agency.AgencyId, labels, information)
            select Disclosing.Decide(viewer, record, grounds.For(viewer, record))).Any(answer => answer is Disclosure.Restricted);
    }
}
