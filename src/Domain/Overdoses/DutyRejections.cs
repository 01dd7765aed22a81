namespace CaseFlow.Domain.Overdoses;

/// <summary>Every way a duty can say no.</summary>
public static class DutyRejections
{
    public static Rejection NotFound() =>
        new(RejectionKind.NotFound, "duty-not-found", "This client has no such duty.");

    public static Rejection NoAgentAssigned() =>
        new(RejectionKind.Conflict, "client-without-agent", "The client is supervised without an agent, so no agent can have learned of it. Assign an agent first.");

    public static Rejection OverdoseOfAnother(Guid overdoseId) =>
        new(RejectionKind.NotFound, "overdose-not-of-client", $"Overdose {overdoseId} is not known to be this client's.", "overdoseId");

    public static Rejection KnowledgeRecordedDifferently(Guid overdoseId) => new(
        RejectionKind.Conflict, "knowledge-already-recorded", $"The agent's knowing of overdose {overdoseId} is recorded with another time. The agency that recorded it may correct that.", "knownAt");

    public static Rejection KnowledgeNotRecorded(Guid overdoseId) =>
        new(RejectionKind.Conflict, "knowledge-not-recorded", $"The agent's knowing of overdose {overdoseId} is not recorded; there is nothing to correct.", "overdoseId");

    public static Rejection KnownAfterDischarge(DateTimeOffset endedAt) => new(
        RejectionKind.Unprocessable, "known-after-discharge", $"The duty ended at {endedAt:u}; what ended it shows that the agent knew by then.", "correctedKnownAt");

    public static Rejection AlreadyDischarged(DischargePath path) =>
        new(RejectionKind.Conflict, "duty-already-discharged", $"The duty is already discharged ({path}).");

    public static Rejection Closed() =>
        new(RejectionKind.Conflict, "duty-closed", "The duty closed when supervision ended.");

    public static Rejection RoleMayNotDischarge(Role role) =>
        new(RejectionKind.Forbidden, "role-may-not-discharge", $"The jurisdiction's policy does not let the role {role} discharge this duty.");

    public static Rejection ModeDoesNotCount(ContactMode mode) =>
        new(RejectionKind.Unprocessable, "mode-does-not-count", $"Asking by {mode} does not count here: the client must have been spoken to (R2).", "mode");

    public static Rejection AskedBeforeKnown() => new(
        RejectionKind.Conflict, "asked-before-known", "The client was asked before an overdose of this duty was known; a no covers only what was known (R2). Ask again.", "askedAt");

    public static Rejection ExemptionUnknown(string code) =>
        new(RejectionKind.Unprocessable, "exemption-unknown", $"\"{code}\" is not among the policy's exemption reasons (R3).", "reasonCode");

    public static Rejection ApproverIsAgent() =>
        new(RejectionKind.Forbidden, "approver-is-agent", "The duty's own agent cannot approve its exemption (R3).");

    public static Rejection AttemptsMissing(IReadOnlyCollection<string> missing) =>
        new(RejectionKind.Conflict, "attempts-missing", $"Not yet unreachable (R9): {string.Join(", ", missing)}.", "attempts");

    public static Rejection AttemptAhead() =>
        new(RejectionKind.Unprocessable, "attempt-in-future", "An attempt lies ahead of now.", "attempts");

    public static Rejection NothingToAttest() =>
        new(RejectionKind.Conflict, "nothing-to-attest", "The duty is still open: there is nothing to attest.");

    public static Rejection NothingToVerify() =>
        new(RejectionKind.Conflict, "nothing-to-verify", "The duty is still open, or closed: there is nothing to verify.");

    public static Rejection NotAttested() =>
        new(RejectionKind.Conflict, "not-attested", "The agent has not attested it.");

    public static Rejection OwnAct() =>
        new(RejectionKind.Forbidden, "own-act", "Nobody verifies or returns a duty that they hold, held or acted on.");

    public static Rejection AlreadyVerified() =>
        new(RejectionKind.Conflict, "duty-already-verified", "The duty is verified; it cannot be returned.");

    public static Rejection NotDutyHolder() =>
        new(RejectionKind.Forbidden, "not-duty-holder", "Only the agent who holds the duty attests it.");

    public static Rejection WrongProvider(string providerAgencyId) => new(
        RejectionKind.Unprocessable, "wrong-provider", $"This duty is discharged by a referral to {providerAgencyId} (R1).", "toAgencyId");
}
