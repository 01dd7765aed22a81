using CaseFlow.Api.Access;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Api.Profile;

/// <summary>Records what the actor's agency learns about a client's person, in that agency's own stream.</summary>
public sealed class ProfileDesk(
    CommandDesk desk, CaseFlowDatabase database, ClientAccess access, Registers registers, JurisdictionTime time, IdentityPolicies policies)
{
    public ClientMarks Marks { get; } = new(database.Marks);

    /// <returns>An answer on its way into the record.</returns>
    public DemographicAnswer AnswerOf(Actor actor, AnswerPart part) => new(
        part.Field,
        part.Codes,
        Sealing.Seal(part.SelfDescribed),
        Marks.Told(actor.Jurisdiction, "demographics", [part.Field, .. part.Codes.Order(StringComparer.Ordinal), "", part.SelfDescribed]));

    /// <summary>Decides and answers 204 with the version of the own agency's profile.</summary>
    public Task<IResult> ChangeAsync(Guid clientId, IProfileRequest ask, Func<ProfileSession, Decision<ProfileEvent>> decide) =>
        RunAsync(clientId, ask, null, decide, Answer.Done);

    /// <summary>The same for something with an id of its own, which is answered.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="ask">What is asked.</param>
    /// <param name="added">The answer's body.</param>
    /// <param name="decide">The rule.</param>
    /// <param name="other">Another client who is named, and must exist for the actor.</param>
    public Task<IResult> AddAsync(
        Guid clientId, IProfileRequest ask, object added, Func<ProfileSession, Decision<ProfileEvent>> decide, Guid? other = null) =>
        RunAsync(clientId, ask, other, decide, profile => Answer.Created(profile, $"/api/clients/{clientId}/profile", added));

    private Task<IResult> RunAsync(
        Guid clientId, IProfileRequest ask, Guid? other, Func<ProfileSession, Decision<ProfileEvent>> decide, Func<LoadedStream, Answer> answer) =>
        desk.RunAsync(async session =>
        {
            if (session.Actor.Agency is not { } agency)
            {
                session.Refuse(AccessRejections.NoAgency());
                return Answer.Done(await session.LoadAsync(Streams.Client, clientId));
            }

            var profile = await session.LoadAsync(Streams.Profile, StreamIds.Profile(clientId, agency));
            if (await ReachesAsync(session, clientId) && (other is null || other == clientId || await ReachesAsync(session, other.Value)))
            {
                profile.Only(ProfilePiece.Of(agency, profile.History, await EntrySights.OfAsync(session, clientId)).SelectMany(piece => piece.Events));
                await session.FileAsync(registers, ask.FiledIn is { } filed ? new FiledAs(filed.Program, filed.File) : null);
                session.Record(profile, decide(new ProfileSession(
                    profile,
                    await policies.InForceAsync(session),
                    await LabelsAsync(session, agency),
                    await time.DayOfAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation),
                    await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation),
                    session.Now)));
            }

            return answer(profile);
        });

    private async Task<bool> ReachesAsync(CommandSession session, Guid clientId)
    {
        var client = await session.LoadAsync(Streams.Client, clientId);
        return await access.EnterAsync(session, clientId, client.State, ClientReach.Contact);
    }

    private async Task<IReadOnlyList<Label>> LabelsAsync(CommandSession session, string agency) =>
        Labelling.LabelsOf((await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation)).FindAgency(agency), session.Filing);
}

/// <summary>What a decision about a profile rests on.</summary>
/// <param name="Labels">What law the record is under, as it is filed.</param>
/// <param name="Today">The local day.</param>
public sealed record ProfileSession(
    LoadedStream<ProfileState, ProfileEvent> Profile, IdentityPolicy Policy, IReadOnlyList<Label> Labels, DateOnly Today, When When, DateTimeOffset Now)
{
    public ProfileState State => Profile.State;

    /// <returns>The event that holds the answer to a question; the empty id when there is none.</returns>
    public Guid HolderOf(string field) => Profile.Told
        .LastOrDefault(told => told.Data is DemographicsRecorded { Field: var asked } && asked == field
            || told.Data is DemographicsCorrected { Field: var corrected } && corrected == field)?.EventId ?? default;
}
