using CaseFlow.Api.Access;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Profile;

/// <summary>
/// Puts a client's profile together from each agency's part. Who opens the client's record, or opened it in an emergency, may ask; each piece
/// is then shown by <see cref="Disclosing.Decide"/>, by the labels and consents of now.
/// </summary>
public sealed class ProfileReading(
    CaseFlowDatabase database, Registers registers, ClientAccess access, ClientConsents consents, EmergencyAccesses emergencies, OpenedTexts texts)
{
    /// <param name="View">What is shown.</param>
    /// <param name="OwnVersion">Of the own agency's part; null without an agency.</param>
    /// <param name="Consents">That what is shown rests on.</param>
    /// <param name="Told">Of other agencies' records.</param>
    public sealed record Read(ReadProfile.View View, long? OwnVersion, IReadOnlyList<Consent> Consents, IReadOnlyList<RecordTold> Told);

    /// <returns>Null for a client who does not exist for the actor.</returns>
    public async Task<Read?> ReadAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var (store, jurisdiction) = (database.Store, actor.Jurisdiction);
        var emergency = await emergencies.InForceAsync(actor, clientId, cancellation);
        if (!await ReachesAsync(actor, clientId, cancellation) && emergency is null)
            return null;

        var agencies = (await registers.DirectoryAsync(jurisdiction, cancellation)).Agencies.Keys.Order(StringComparer.Ordinal).ToList();
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. agencies.Select(agency => StreamIds.Profile(clientId, agency))], cancellation);
        var labels = (await store.FoldAsync(Streams.Labels, jurisdiction, StreamIds.Labels(clientId), cancellation)).State;
        var grounds = await consents.OfAsync(jurisdiction, clientId, cancellation);
        var erased = await ErasedContent.OfAsync(store, actor, clientId, cancellation);
        await texts.PreloadAsync(jurisdiction, [clientId], cancellation);

        var shown = new List<(ProfilePiece Piece, Disclosure.Allowed Ground)>();
        foreach (var agency in agencies)
        {
            if (streams.GetValueOrDefault(StreamIds.Profile(clientId, agency)) is not { } stream)
                continue;
            shown.AddRange(
                from piece in ProfilePiece.Of(agency, stream.Events)
                where piece.Events.All(recorded => erased.Of(recorded.RecordedAt, ProfilePiece.LabelsOf(recorded, labels)) is null)
                let ground = GroundOf(piece)
                where ground is not null
                select (piece, ground!));
        }

        var view = await ViewAsync(actor, clientId, shown, cancellation);
        return new Read(
            view with { Erased = ReadClient.ErasedView.Of(erased.OfWholeRecord) },
            actor.Agency is { } own ? streams.GetValueOrDefault(StreamIds.Profile(clientId, own))?.Version ?? 0 : null,
            [.. shown.Select(one => one.Ground.ConsentId).OfType<Guid>().Distinct().Select(id => grounds.Consents.Find(id)!)],
            [.. from one in shown
                let ground = one.Ground.ToldOn(emergency?.EmergencyAccessId)
                where ground is not null
                select new RecordTold(clientId, one.Piece.Agency, ReadProfile.ViewName, one.Piece.Information.Kebab(), ground.Value.Basis, ground.Value.BasisId)]);

        Disclosure.Allowed? GroundOf(ProfilePiece piece)
        {
            var viewer = RecordSights.ViewerOf(actor);
            Disclosure.Allowed? ground = null;
            foreach (var record in piece.Records(labels))
            {
                var decided = Disclosing.Decide(viewer, record, grounds.For(viewer, record) with { BreakGlass = emergency is not null });
                if (decided is not Disclosure.Allowed allowed)
                    return null;
                ground = allowed;
            }

            return ground;
        }
    }

    private async Task<ReadProfile.View> ViewAsync(
        Actor actor, Guid clientId, IReadOnlyList<(ProfilePiece Piece, Disclosure.Allowed Ground)> shown, CancellationToken cancellation)
    {
        var view = new ProfileViewBuilder(token => texts.Open(actor.Jurisdiction, token));
        foreach (var (piece, ground) in shown)
            view.Add(piece, new ReadProfile.Source(piece.Agency, piece.Last.KnownAt, ground.Basis, ground.ConsentId));

        var family = new List<ReadProfile.FamilyView>();
        foreach (var member in view.Family)
        {
            var reached = member.ClientId is { } other && await ReachesAsync(actor, other, cancellation);
            family.Add(reached ? member with { Code = ClientCode.Of(member.ClientId!.Value) } : member with { ClientId = null });
        }

        return new ReadProfile.View(
            clientId, view.Answers, view.Places, view.Needs, view.Contacts, family, view.Support,
            actor.Role == Role.PrivacyOfficer ? ReadProfile.Shown
            : shown.Any(one => one.Ground.Basis == Basis.Consent) ? ReadProfile.ByConsent
            : ReadProfile.Restricted,
            Notice: null);
    }

    private async Task<bool> ReachesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var client = await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return await access.ReachAsync(actor, clientId, client.State, cancellation) >= ClientReach.Contact;
    }
}
