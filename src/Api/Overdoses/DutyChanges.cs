using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Api.Overdoses;

/// <summary>The doors of the duty: from request to command.</summary>
public static class DutyChanges
{
    public static Task<IResult> KnownAsync(Guid clientId, Guid overdoseId, KnownRequest request, DutyDesk desk) =>
        desk.KnowAsync(clientId, overdoseId, known =>
        {
            var knownAt = request.KnownAt.ToUniversalTime();
            var command = new RecordOverdoseKnown(known.ClientId, overdoseId, known.Supervision?.AgentId ?? known.Session.Actor.Id, request.How, knownAt);
            return RecordOverdoseKnown.Decide(
                command, known.Duties.State, known.Overdose, known.Supervision, (at, upTo) => known.Policies.InForceAt(at, upTo), known.Session.Now);
        });

    public static Task<IResult> CorrectKnowledgeAsync(Guid clientId, Guid overdoseId, CorrectKnowledgeRequest request, DutyDesk desk) =>
        desk.KnowAsync(clientId, overdoseId, known =>
        {
            var recorded = known.Duties.History
                .LastOrDefault(fact => fact.Data is OverdoseKnownToAgent knowing && knowing.OverdoseId == overdoseId)?.EventId ?? default;
            var command = new CorrectAgentKnowledge(
                known.ClientId, overdoseId, recorded, request.KnownAt.ToUniversalTime(), Sealed<string>.Of(request.Reason), known.Session.Actor.Id);
            return CorrectAgentKnowledge.Decide(
                command, known.Own, known.Overdose, (at, upTo) => known.Policies.InForceAt(at, upTo), known.Session.Now);
        });

    public static Task<IResult> NotInterestedAsync(Guid clientId, NotInterestedRequest request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, policy) =>
        {
            var command = new RecordNotInterested(
                clientId, request.DutyId, session.Actor.Id, session.Actor.Role, request.AskedAt.ToUniversalTime(), request.Mode, Sealed<string>.Of(request.Answer));
            return RecordNotInterested.Decide(command, state, policy, session.Now);
        });

    public static Task<IResult> ImpossibleAsync(Guid clientId, ImpossibleRequest request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, policy) =>
        {
            var attempts = (request.Attempts ?? [])
                .Select(attempt => attempt with { AttemptedAt = attempt.AttemptedAt.ToUniversalTime() })
                .OrderBy(attempt => attempt.AttemptedAt)
                .ToList();
            return RecordImpossibility.Decide(new(clientId, request.DutyId, request.Reason, attempts, session.Actor.Id), state, policy, session.Now);
        });

    public static Task<IResult> ExemptAsync(Guid clientId, ExemptRequest request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, policy) => ExemptDuty.Decide(
            new(clientId, request.DutyId, request.ReasonCode, session.Actor.Id, Sealing.Seal(request.Evidence)), state, policy, session.Now));

    public static Task<IResult> AttestAsync(Guid clientId, WhichDuty request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, _) =>
            AttestReferral.Decide(new(clientId, request.DutyId, session.Actor.Id), state, session.Now));

    public static Task<IResult> VerifyAsync(Guid clientId, WhichDuty request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, _) =>
            VerifyDuty.Decide(new(clientId, request.DutyId, session.Actor.Id), state, session.Now));

    public static Task<IResult> ReturnAsync(Guid clientId, ReturnRequest request, DutyDesk desk) =>
        desk.ChangeAsync(clientId, request.DutyId, (session, state, _) =>
            ReturnDuty.Decide(new(clientId, request.DutyId, session.Actor.Id, Sealed<string>.Of(request.Reason)), state, session.Now));
}
