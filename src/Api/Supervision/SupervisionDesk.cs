using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Supervision;

/// <summary>Changes to a client's supervision. Open duties follow it in the same transaction (R5).</summary>
public sealed class SupervisionDesk(CommandDesk desk, Registers registers, JurisdictionTime time)
{
    public static Circumstances About(Circumstances about) => about with { Intercept = 5 };

    /// <summary>Loads client and supervision, checks whose client it is, decides and answers 204 with the supervision's version.</summary>
    public Task<IResult> ChangeAsync(Guid clientId, WhenPart? stated, Func<SupervisionSession, Decision<SupervisionEvent>> decide) =>
        desk.RunAsync(async session =>
        {
            var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (!client.State.IsRegistered || !MayChange(session.Actor, supervision.State))
            {
                session.Refuse(ClientRejections.NotFound(clientId));
                return Answer.Done(supervision);
            }

            var asked = await AskAsync(session, supervision.State, stated);
            var before = supervision.State;
            if (session.Record(supervision, decide(asked), About) && supervision.State != before)
                await FollowAsync(session, clientId, supervision.State, asked.When);
            return Answer.Done(supervision);
        });

    public async Task<SupervisionSession> AskAsync(CommandSession session, SupervisionState supervision, WhenPart? stated) => new(
        supervision,
        await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation),
        await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation),
        session.Now);

    /// <summary>The supervisor of the client's office, or the system that keeps the jurisdiction's supervision.</summary>
    private static bool MayChange(Actor actor, SupervisionState supervision) =>
        actor.Role == Role.Service || ClientRights.Supervises(actor, supervision);

    private static async Task FollowAsync(CommandSession session, Guid clientId, SupervisionState supervision, When when)
    {
        var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
        var followed = supervision is { Phase: SupervisionPhase.Supervised, AgentId: { } agentId, AgencyId: { } agencyId, OfficeId: { } officeId }
            ? FollowSupervision.ToAgent(clientId, duties.State, new SupervisedBy(agentId, agencyId, officeId), when)
            : FollowSupervision.Ended(clientId, duties.State, when);
        session.Record(duties, followed, about => About(about) with { AlsoRelevantTo = [0] });
    }
}

/// <summary>What a decision about supervision rests on.</summary>
public sealed record SupervisionSession(SupervisionState State, DirectoryState Directory, When When, DateTimeOffset Now);
