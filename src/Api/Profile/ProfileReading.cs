using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Profile;

/// <summary>
/// Puts a client's profile together from each agency's part, on every record of the person. Who opens the client's record, or opened it in an
/// emergency, may ask; each piece is then shown by <see cref="Disclosing.Decide"/>, by the labels and consents of now, also in a question about the past,
/// and each by the rights to the record that it is on: of one that the asker does not open, their own agency's pieces and nothing else.
/// </summary>
public sealed class ProfileReading(
    CaseFlowDatabase database, Registers registers, ClientAccess access, ClientConsents consents, EmergencyAccesses emergencies, Persons persons,
    StreamMoments moments, OpenedTexts texts, SealedRecords seals, EntrySights sights)
{
    /// <param name="View">What is shown.</param>
    /// <param name="OwnVersion">Of the own agency's part of the record asked about; null without an agency.</param>
    /// <param name="Consents">That what is shown rests on.</param>
    /// <param name="Told">Of other agencies' records.</param>
    public sealed record Read(ReadProfile.View View, long? OwnVersion, IReadOnlyList<Consent> Consents, IReadOnlyList<RecordTold> Told);

    /// <summary>A piece that somebody sees.</summary>
    /// <param name="ClientId">The record that it is on.</param>
    /// <param name="By">The consent that shows it; null when none does.</param>
    /// <param name="EmergencyId">The emergency access in force to that record; null for none.</param>
    /// <param name="IsCji">It is criminal justice information.</param>
    private sealed record Seen(Guid ClientId, ProfilePiece Piece, Disclosure.Allowed Ground, Consent? By, Guid? EmergencyId, bool IsCji);

    /// <returns>Null for a client who does not exist for the actor.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    /// <exception cref="ViewBehindException">What is shown has no position within a reader's time.</exception>
    public async Task<Read?> ReadAsync(Actor actor, Guid clientId, AskedMoment asked, CancellationToken cancellation)
    {
        var emergencyId = (await emergencies.InForceAsync(actor, clientId, cancellation))?.EmergencyAccessId;
        if (!await ReachesAsync(actor, clientId, cancellation) && emergencyId is null)
            return null;

        var position = (await moments.ResolveAsync(asked, cancellation)).Position;
        var (own, ownVersion) = await SeenOnAsync(actor, clientId, IsAskedAbout, emergencyId, cancellation);
        var erased = await ErasedContent.OfAsync(database.Store, actor, clientId, cancellation);
        // What is sealed of a person leads to nothing on another of their records.
        var (others, changedAt) = erased.SealOfWholeRecord is null ? await OnOthersAsync(actor, clientId, position, IsAskedAbout, cancellation) : ([], 0L);
        IReadOnlyList<Seen> seen = [.. own, .. others];
        if (seen.SelectMany(one => one.Piece.Events).LastOrDefault(recorded => recorded.Position is null) is { } unplaced)
        {
            // Without its position the answer would not be given again when its position is asked about.
            await database.Reader.AwaitPlaceAsync(unplaced.Sequence, cancellation);
            return await ReadAsync(actor, clientId, asked, cancellation);
        }

        var view = await ViewAsync(actor, clientId, seen, cancellation);
        return new Read(
            view with
            {
                Erased = ReadClient.ErasedView.Of(erased.OfWholeRecord),
                Sealed = ReadClient.SealedView.Of(erased.SealOfWholeRecord),
                AsOf = asked.AsOf,
                Position = Math.Max(view.Position, changedAt),
            },
            asked.IsNow && actor.Agency is not null ? ownVersion : null,
            [.. seen.Select(one => one.By).OfType<Consent>().DistinctBy(consent => consent.ConsentId)],
            [.. from one in seen
                let ground = one.Ground.ToldOn(one.EmergencyId)
                where ground is not null
                select new RecordTold(one.ClientId, one.Piece.Agency, ReadProfile.ViewName, one.Piece.Information.Kebab(), ground.Value.Basis, ground.Value.BasisId)]);

        bool IsAskedAbout(RecordedEvent recorded) =>
            (position is null || recorded.Position <= position) && !(((DomainEvent)recorded.Data).CountsFrom() > asked.AsOf);
    }

    /// <returns>What is seen on the person's other records, as they were known to be the person's then, and since when that is so.</returns>
    private async Task<(IReadOnlyList<Seen> Seen, long ChangedAt)> OnOthersAsync(
        Actor actor, Guid clientId, long? position, Func<RecordedEvent, bool> isAskedAbout, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        if (history.IsEmpty)
            return ([], 0);

        // Also records that are not of the person now: that they were, and are no more, changes an answer.
        var found = new Dictionary<Guid, IReadOnlyList<Seen>>();
        foreach (var other in (await seals.OpenAsync(actor, clientId, [.. history.EverWith(clientId)], cancellation)).Where(other => other != clientId))
        {
            var emergencyId = (await emergencies.InForceAsync(actor, other, cancellation))?.EmergencyAccessId;
            var isOpen = emergencyId is not null || await ReachesAsync(actor, other, cancellation);
            var (seen, _) = await SeenOnAsync(actor, other, isAskedAbout, emergencyId, cancellation);
            IReadOnlyList<Seen> theirs = [.. seen.Where(one => isOpen || one.Piece.Agency == actor.Agency)];
            if (theirs.Count > 0)
                found.Add(other, theirs);
        }

        var together = history.At(position).RecordsOf(clientId).Where(found.ContainsKey);
        return ([.. together.SelectMany(other => found[other])], history.ChangedAt([clientId, .. found.Keys], position));
    }

    /// <returns>With the version, in the same read, of the own agency's part.</returns>
    private async Task<(IReadOnlyList<Seen> Seen, long OwnVersion)> SeenOnAsync(
        Actor actor, Guid record, Func<RecordedEvent, bool> isAskedAbout, Guid? emergencyId, CancellationToken cancellation)
    {
        var (store, jurisdiction) = (database.Store, actor.Jurisdiction);
        var agencies = (await registers.DirectoryAsync(jurisdiction, cancellation)).Agencies.Keys.Order(StringComparer.Ordinal).ToList();
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. agencies.Select(agency => StreamIds.Profile(record, agency))], cancellation);
        var sight = await sights.OfAsync(actor, [record], cancellation);
        var grounds = await consents.OfAsync(jurisdiction, record, cancellation);
        await texts.PreloadAsync(jurisdiction, [record], cancellation);
        IReadOnlyList<Seen> seen =
        [
            .. from agency in agencies
                let stream = streams.GetValueOrDefault(StreamIds.Profile(record, agency))
                where stream is not null
                from piece in ProfilePiece.Of(agency, stream.Events.Where(isAskedAbout), sight)
                let ground = GroundOf(piece)
                where ground is not null
                select new Seen(record, piece, ground!, ConsentOf(ground!), emergencyId, piece.Records(sight.Labels).Any(shown => shown.Labels.Contains(Label.Cji))),
        ];
        return (seen, actor.Agency is { } own ? streams.GetValueOrDefault(StreamIds.Profile(record, own))?.Version ?? 0 : 0);

        Consent? ConsentOf(Disclosure.Allowed ground) => ground.ConsentId is { } consentId ? grounds.Consents.Find(consentId) : null;

        Disclosure.Allowed? GroundOf(ProfilePiece piece)
        {
            var viewer = RecordSights.ViewerOf(actor);
            Disclosure.Allowed? ground = null;
            foreach (var shown in piece.Records(sight.Labels))
            {
                if (Disclosing.Decide(viewer, shown, grounds.For(viewer, shown) with { BreakGlass = emergencyId is not null }) is not Disclosure.Allowed allowed)
                    return null;
                ground = allowed;
            }

            return ground;
        }
    }

    private async Task<ReadProfile.View> ViewAsync(Actor actor, Guid clientId, IReadOnlyList<Seen> seen, CancellationToken cancellation)
    {
        var view = new ProfileViewBuilder(token => texts.Open(actor.Jurisdiction, token));
        foreach (var one in seen)
            view.Add(one.Piece, new ReadProfile.Source(one.ClientId, one.Piece.Agency, one.Piece.Last.KnownAt, one.Ground.Basis, one.Ground.ConsentId));

        // Whose whole record is sealed from the asker is named as little as whom they do not reach: the line is of this record, and stays.
        var sealOf = await seals.OfAllAsync(actor, [.. view.Family.Select(member => member.ClientId).OfType<Guid>()], cancellation);
        var family = new List<ReadProfile.FamilyView>();
        foreach (var member in view.Family)
        {
            var reached = member.ClientId is { } other && sealOf(other).OfWholeRecord is null && await ReachesAsync(actor, other, cancellation);
            family.Add(reached ? member with { Code = ClientCode.Of(member.ClientId!.Value) } : member with { ClientId = null });
        }

        return new ReadProfile.View(
            clientId, view.Answers, view.Places, view.Needs, view.Contacts, family, view.Support,
            actor.Role == Role.PrivacyOfficer ? ReadProfile.Shown
            : seen.Any(one => one.Ground.Basis == Basis.Consent) ? ReadProfile.ByConsent
            : seen.Any(one => one.Ground.Basis == Basis.CourtOrder) ? ReadProfile.ByOrder
            : ReadProfile.Restricted,
            seen.SelectMany(one => one.Piece.Events).Max(recorded => recorded.Position) ?? 0,
            AsOf: null,
            Notice: null)
        {
            TellsCji = seen.Any(one => one.IsCji),
        };
    }

    private async Task<bool> ReachesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var client = await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return await access.ReachAsync(actor, clientId, client.State, cancellation) >= ClientReach.Contact;
    }
}
