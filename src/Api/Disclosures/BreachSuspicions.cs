using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// Puts suspected breaches on record, with the times that policy sets. A disclosure without a basis is one by itself: recorded with it, in one transaction; and
/// for those that were recorded before that was so, by the program, once each (<see cref="SuspicionTimers"/>).
/// </summary>
public sealed class BreachSuspicions(CommandLoop loop, JurisdictionTime time)
{
    /// <summary>As a part of a command.</summary>
    public static async Task RecordAsync(CommandSession session, SuspectBreach suspicion, JurisdictionTime time)
    {
        var breaches = await session.LoadAsync(Streams.Breaches, StreamIds.Breaches(session.Actor.Jurisdiction));
        var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        session.Record(
            breaches,
            SuspectBreach.Decide(suspicion, breaches.State, policy?.Policy.Rights ?? RightsPolicy.Default, policy?.Version, session.Now),
            about => about with { PolicyVersion = policy?.Version });
    }

    /// <summary>Suspects what a disclosure on record is, unless that is done.</summary>
    /// <exception cref="InvalidOperationException">It could not be recorded, and is to be tried again.</exception>
    public async Task SuspectAsync(string jurisdiction, DisclosedWithoutBasis disclosed, string reportedBy, CancellationToken cancellation)
    {
        var result = await loop.RunAsync(
            new Actor("breach-suspicions", Role.Service, jurisdiction, Purpose: Purpose.Operations),
            async session =>
            {
                var disclosures = await session.LoadAsync(Streams.Disclosures, StreamIds.Disclosures(disclosed.ClientId));
                if (disclosures.State.Made.GetValueOrDefault(disclosed.DisclosureId) is { } told)
                    await RecordAsync(session, SuspectBreach.Of(told, reportedBy), time);
                return Answer.Done(disclosures);
            },
            new CommandTerms(),
            cancellation);
        if (result is not (CommandResult.Recorded or CommandResult.AlreadyDone))
            throw new InvalidOperationException($"The suspicion about disclosure {disclosed.DisclosureId} was answered {result}.");
    }
}
