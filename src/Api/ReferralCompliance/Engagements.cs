using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>
/// What became of a referral after its delivery, for those whom the client lets know. Decided before anything is looked up: without a
/// consent the receiver's side is not even read, so nothing of the answer, nor its time, follows from it.
/// </summary>
public sealed class Engagements(CaseFlowDatabase database, ClientConsents consents, Registers registers, SealedRecords seals, EntrySights sights, AskDesk desk)
{
    /// <summary>Decides and reads for the duties of one answer.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="duties">The duties.</param>
    /// <param name="asked">Which moment.</param>
    /// <param name="position">The position of the answer so far.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<EngagementSeen> OfAsync(
        Actor actor, IReadOnlyList<DutyEntry> duties, AskedMoment asked, long position, CancellationToken cancellation) => await OfAsync(
            actor,
            [.. from duty in duties
                where duty.Referral is { Step: ReferralStep.Delivered }
                select new EngagementAsked(duty.DutyId, duty.ClientId, duty.Referral!.ReferralId, duty.Referral.ToAgencyId)],
            asked,
            position,
            cancellation);

    /// <summary>Of one referral now, for an answer that has no position.</summary>
    public async Task<OneEngagement> OfOneAsync(Actor actor, EngagementAsked delivered, CancellationToken cancellation)
    {
        var seen = await OfAsync(actor, [delivered], new AskedMoment(null, null, null, null), long.MaxValue, cancellation);
        return new OneEngagement(seen.Words.GetValueOrDefault(delivered.Key) ?? DutyItem.Restricted, seen.Consents, seen.Told);
    }

    private async Task<EngagementSeen> OfAsync(
        Actor actor, IReadOnlyList<EngagementAsked> delivered, AskedMoment asked, long position, CancellationToken cancellation)
    {
        if (delivered.Count == 0)
            return EngagementSeen.None(position);

        var viewer = RecordSights.ViewerOf(actor);
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var granted = await consents.OfAllAsync(actor.Jurisdiction, [.. delivered.Select(duty => duty.ClientId)], cancellation);
        var shown = delivered.Where(duty => Decide(duty, duty.ToAgencyId, ConsentInformation.Engagement) is not null).ToList();
        if (shown.Count == 0)
            return EngagementSeen.None(position);
        // Nothing of a sealed record is told, so no disclosure is made of it either.
        var sealOf = await seals.OfAllAsync(actor, [.. shown.Select(duty => duty.ClientId)], cancellation);
        var sightOf = await sights.OfAllAsync(actor, shown.Select(duty => duty.ClientId), cancellation);
        var withheld = new HashSet<Guid>();
        foreach (var duty in shown.Where(duty => sealOf(duty.ClientId).OfWholeRecord is not null || !sightOf(duty.ClientId).Labels.IsEmpty || sightOf(duty.ClientId).HidesAClass))
        {
            if (sealOf(duty.ClientId).OfWholeRecord is not null || await HasWithheldAsync(duty))
                withheld.Add(duty.Key);
        }

        shown.RemoveAll(duty => withheld.Contains(duty.Key));
        if (shown.Count == 0)
            return EngagementSeen.None(position);

        var (histories, at) = await ReadAsync(actor.Jurisdiction, shown, (duty, row) => Of(duty, row).Word, asked, position, cancellation);
        var seen = new Dictionary<Guid, string>();
        var used = new List<Consent>();
        var told = new List<RecordTold>();
        foreach (var duty in shown)
        {
            if (HistoryOf(histories, duty).Row is not { } row)
                continue;
            var (word, sentTo, holder, outcome) = Of(duty, row);
            seen[duty.Key] = word;
            Tell(duty, duty.ToAgencyId, ConsentInformation.Engagement, sentTo);
            Tell(duty, row.HolderAgencyId, ConsentInformation.Engagement, holder);
            Tell(duty, row.HolderAgencyId, ConsentInformation.Discharge, outcome);
        }

        return new EngagementSeen(seen, [.. used.DistinctBy(consent => consent.ConsentId)], [.. told.Distinct()], at);

        // Where it was passed on, the one who passed it on tells so much; the rest is the new holder's to tell.
        (string Word, Disclosure.Allowed? SentTo, Disclosure.Allowed? Holder, Disclosure.Allowed? Outcome) Of(EngagementAsked duty, InboxEntry? row)
        {
            if (row is null)
                return (DutyItem.Restricted, null, null, null);
            var sentTo = Decide(duty, duty.ToAgencyId, ConsentInformation.Engagement);
            var holder = row.HolderAgencyId == duty.ToAgencyId ? sentTo : Decide(duty, row.HolderAgencyId, ConsentInformation.Engagement);
            var outcome = holder is null || row.Outcome is null ? null : Decide(duty, row.HolderAgencyId, ConsentInformation.Discharge);
            return (holder is null ? "redirected" : EngagementSeen.Word(row, outcome is not null), sentTo, holder, outcome);
        }

        void Tell(EngagementAsked duty, string agencyId, ConsentInformation information, Disclosure.Allowed? allowed)
        {
            if (allowed?.ToldOn() is not { } ground)
                return;
            if (allowed.ConsentId is { } consentId)
                used.Add(granted(duty.ClientId).Consents.Find(consentId)!);
            told.Add(new RecordTold(
                duty.ClientId, agencyId, ReferralComplianceView.ViewName, Http.EnumNames.Kebab(information), ground.Basis, ground.BasisId));
        }

        Disclosure.Allowed? Decide(EngagementAsked duty, string agencyId, ConsentInformation told) =>
            DecideOn(duty, new RecordShown(agencyId, Labelling.LabelsOf(directory.FindAgency(agencyId), Filing.Usual), told));

        Disclosure.Allowed? DecideOn(EngagementAsked duty, RecordShown record) =>
            Disclosing.Decide(viewer, record, granted(duty.ClientId).For(viewer, record)) as Disclosure.Allowed;

        // The word is the fold of the receiver's entries: where one of them is not theirs to see under the labels that it was given later, or is of a class that is hidden, there is none,
        // whatever the moment asked about.
        async Task<bool> HasWithheldAsync(EngagementAsked duty)
        {
            var sight = sightOf(duty.ClientId);
            var received = await database.Store.ReadStreamAsync(actor.Jurisdiction, StreamIds.ReferralIntake(duty.ReferralId), cancellation: cancellation);
            return received.Events.Any(recorded => sight.ClassOf(recorded) is not null)
                || received.Events.Select(recorded => sight.Labels.Find(recorded.EventId)).OfType<CorrectedEntry>().Any(entry => DecideOn(duty, entry.Under(entry.Labels) with { Information = ConsentInformation.Engagement }) is null);
        }
    }

    /// <summary>
    /// The receiver's side at the moment asked about, and the position from which the whole answer is the same again: it follows from the
    /// words that are told alone, so that nothing is learned from what the receiver did beside them. Had the duties moved between the two
    /// reads there would be none, so the receiver's side is then read as of the duties' own position.
    /// </summary>
    private async Task<(IReadOnlyDictionary<string, RowHistory<InboxEntry>> Histories, long Position)> ReadAsync(
        string jurisdiction, IReadOnlyList<EngagementAsked> shown, Func<EngagementAsked, InboxEntry?, string> says, AskedMoment asked, long position,
        CancellationToken cancellation)
    {
        var (_, past) = await desk.ThenAsync(jurisdiction, asked, cancellation);
        var histories = await AtAsync(past);
        var changed = shown.Max(duty => HistoryOf(histories, duty).LastChangeOf(row => says(duty, row)));
        if (changed <= position)
            return (histories, position);
        var duties = await database.Reader.LastChangeAsync(
            database.Views.ReferralCompliance, new ViewInstant(changed, null), ComplianceQueries.ScopeOf(jurisdiction), cancellation);
        return duties == position ? (histories, changed) : (await AtAsync(position), position);

        Task<IReadOnlyDictionary<string, RowHistory<InboxEntry>>> AtAsync(long? at) => database.Reader.HistoriesAsync(
            database.Views.ReferralInbox, jurisdiction, [.. shown.Select(KeyOf)], new ViewInstant(at, asked.AsOf), cancellation);
    }

    private static string KeyOf(EngagementAsked duty) => duty.ReferralId.ToString();

    private static RowHistory<InboxEntry> HistoryOf(IReadOnlyDictionary<string, RowHistory<InboxEntry>> histories, EngagementAsked duty) =>
        histories.GetValueOrDefault(KeyOf(duty)) ?? RowHistory<InboxEntry>.None;
}

/// <summary>A referral that was delivered, whose engagement is asked about.</summary>
/// <param name="Key">Of the answer's item: the duty that it is for, or the referral itself.</param>
/// <param name="ToAgencyId">Whom it was sent to.</param>
public sealed record EngagementAsked(Guid Key, Guid ClientId, Guid ReferralId, string ToAgencyId);

/// <summary>What is known of the engagement of one referral.</summary>
public sealed record OneEngagement(string Word, IReadOnlyList<Consent> Consents, IReadOnlyList<RecordTold> Told)
{
    /// <summary>Nothing, whatever there is.</summary>
    public static readonly OneEngagement None = new(DutyItem.Restricted, [], []);
}

/// <summary>What is known of engagement in one answer.</summary>
/// <param name="Words">By duty; a duty that is not in it is restricted.</param>
/// <param name="Consents">That this rests on.</param>
/// <param name="Told">What this tells of the receivers' records.</param>
/// <param name="Position">Of the answer with it.</param>
public sealed record EngagementSeen(
    IReadOnlyDictionary<Guid, string> Words, IReadOnlyList<Consent> Consents, IReadOnlyList<RecordTold> Told, long Position)
{
    /// <returns>Nothing, whatever there is.</returns>
    public static EngagementSeen None(long position) => new(new Dictionary<Guid, string>(), [], [], position);

    /// <returns>What a duty's item says.</returns>
    public string Of(DutyEntry duty) => Words.GetValueOrDefault(duty.DutyId) ?? DutyItem.Restricted;

    /// <returns>How far the receiver is.</returns>
    /// <param name="row">The receiver's side.</param>
    /// <param name="withOutcome">Whether the outcome may be told too.</param>
    internal static string Word(InboxEntry row, bool withOutcome) => row.Status switch
    {
        InboxStatus.Accepted => "accepted",
        InboxStatus.Declined => "declined",
        InboxStatus.InContact => "in-contact",
        InboxStatus.CouldNotContact => "could-not-contact",
        InboxStatus.Closed when withOutcome => $"closed-{Http.EnumNames.Kebab(row.Outcome!.Value)}",
        InboxStatus.Closed => "closed",
        InboxStatus.New or InboxStatus.Acknowledged => "not-begun",
        _ => DutyItem.Restricted,
    };
}
