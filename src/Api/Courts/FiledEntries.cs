using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Courts;

/// <summary>
/// Which entries of a participation somebody beside the court's team reads: each is decided by <see cref="Disclosing"/>, by its labels of now, so
/// that the past is no way around a correction. Who does not read the confidential file reads what is filed open, and nothing else moves for them
/// [S:wi-recordkeeping-2011].
/// </summary>
public sealed class FiledEntries(IEventStore store, ClientConsents consents, EntrySights sights, Persons persons)
{
    /// <param name="Of">What of some entries is theirs to read, in order; a retraction tells of what it takes back, so it goes with that.</param>
    /// <param name="BothFiles">Whether they read the confidential file too.</param>
    public sealed record Eyes(Func<IReadOnlyList<RecordedEvent>, IEnumerable<RecordedEvent>> Of, bool BothFiles)
    {
        /// <summary>Corrected labels hide something.</summary>
        public bool HidesAny { get; init; }
    }

    /// <returns>
    /// What prosecution and defence of the court read of it; for those who keep it, on every record of the person, everything but what corrected labels hide
    /// from them.
    /// </returns>
    public async Task<Eyes> OfAsync(Actor reader, ParticipationState of, CancellationToken cancellation)
    {
        if (reader.Role is Role.Coordinator or Role.Judge)
        {
            Guid[] records = [of.ClientId, .. await persons.RecordsOfAsync(reader.Jurisdiction, of.ClientId, cancellation)];
            var sight = await sights.OfAsync(reader, records, cancellation, ordersOn: [of.ClientId]);
            return new Eyes(events => sight.Told(events), BothFiles: true) { HidesAny = sight.HidesAny };
        }

        var eyes = new CourtEyes(of.AgencyId!, (RecordSights.ViewerOf(reader), await consents.OfAsync(reader.Jurisdiction, of.ClientId, cancellation)));
        var labels = (await store.FoldAsync(Streams.Labels, reader.Jurisdiction, StreamIds.Labels(of.ClientId), cancellation)).State;
        var ordered = await sights.OfAsync(reader, [of.ClientId], cancellation);
        return new Eyes(events => events.Shown(recorded => Sees(recorded) && ordered.ClassOf(recorded) is null), eyes.SeesConfidentialFile);

        bool Sees(RecordedEvent recorded)
        {
            var then = (recorded.Headers as Circumstances)?.Labels ?? [];
            return eyes.SeesOwn(labels.Corrected.GetValueOrDefault(recorded.EventId) ?? then) && (eyes.SeesConfidentialFile || IsFiledOpen((ParticipationEvent)recorded.Data, then));
        }
    }

    /// <summary>Both the entry and the labels that it was recorded under must say so, as in the views of the open file.</summary>
    private static bool IsFiledOpen(ParticipationEvent fact, IReadOnlyList<string> labels) =>
        fact.File == CourtFile.Open && !labels.Contains(Label.CourtConfidential.Code(), StringComparer.Ordinal);
}
