using System.Collections.Frozen;

namespace CaseFlow.Api.Http;

/// <summary>One kind of refusal, stable under its code.</summary>
/// <param name="Code">Kebab-case, part of the public API; the problem's type is <c>/problems/{code}</c>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Meaning">What it says about the request.</param>
/// <param name="WhatToDo">The caller's next step.</param>
public sealed record ProblemKind(string Code, int Status, string Title, string Meaning, string WhatToDo);

/// <summary>Every refusal that the door itself gives; the domain's own are read from its rejections.</summary>
public static class ProblemCatalogue
{
    public static readonly ProblemKind MalformedJson = new("malformed-json", 400, "The body is not JSON",
        "The body is empty, cannot be parsed, or nests deeper than 32 levels.", "Send one JSON object in UTF-8.");

    public static readonly ProblemKind UnknownMember = new("unknown-member", 400, "The body has a member nobody knows",
        "`field` names a member that this operation does not have; `errors` lists all of them.", "Remove it or correct its spelling; names are case-sensitive.");

    public static readonly ProblemKind DuplicateMember = new("duplicate-member", 400, "The body says something twice",
        "`field` names a member that occurs more than once in one object.", "Send each member once.");

    public static readonly ProblemKind ValidationFailed = new("validation-failed", 400, "The request breaks a rule of shape",
        "`errors` lists every broken rule by member, each with a code and a message.", "Correct every member listed and send it again.");

    public static readonly ProblemKind BadParameter = new("bad-parameter", 400, "A parameter cannot be read",
        "`field` names a route, query or header parameter whose value has the wrong form.", "Send the form that the API page shows.");

    public static readonly ProblemKind UnknownParameter = new("unknown-parameter", 400, "The address has a parameter nobody knows",
        "`field` names a query parameter that this operation does not have; ignored, it would change the answer's meaning unseen.", "Remove it or correct its spelling; names are case-sensitive.");

    public static readonly ProblemKind BadCursor = new("bad-cursor", 400, "The page cursor is not one of ours",
        "`cursor` was altered, cut, or taken from another list.", "Start again without `cursor` and follow `next` as it is.");

    public static readonly ProblemKind BadIfMatch = new("bad-if-match", 400, "If-Match is not one version",
        "If-Match holds one strong entity tag with a version, `\"7\"`; `*`, lists and weak tags say nothing about what was seen.", "Send the `ETag` of the answer you read.");

    public static readonly ProblemKind BadIdempotencyKey = new("bad-idempotency-key", 400, "The idempotency key cannot be used",
        "`Idempotency-Key` is 1 to 200 visible ASCII characters, sent once, on POST only.", "Send a fresh UUID for each new command.");

    public static readonly ProblemKind BadRequest = new("bad-request", 400, "The request cannot be read",
        "The request breaks HTTP itself.", "Check the client that sent it.");

    public static readonly ProblemKind TokenMissing = new("token-missing", 401, "No token was sent",
        "The operation needs to know who asks.", "Send `Authorization: Bearer …`.");

    public static readonly ProblemKind TokenExpired = new("token-expired", 401, "The token has expired",
        "Its time is over, or has not begun.", "Get a new one and send the request again.");

    public static readonly ProblemKind TokenInvalid = new("token-invalid", 401, "The token is not accepted",
        "Signature, algorithm, issuer or audience is not one that is accepted here.", "Get one from the configured issuer, for this audience.");

    public static readonly ProblemKind TokenIncomplete = new("token-incomplete", 401, "The token lacks a claim",
        "`field` names the claim that is missing or has no known value.", "Have the issuer put it into the token.");

    public static readonly ProblemKind RoleNotAllowed = new("role-not-allowed", 403, "This role may not do that",
        "The operation is for other roles (docs/roles.md).", "Ask somebody who holds one of them.");

    public static readonly ProblemKind PurposeNotOfRole = new("purpose-not-of-role", 403, "This role does not act for that purpose",
        "`field` names the claim: the token's purpose of use is none of its role's (docs/privacy.md).", "Have the issuer name one of them, or leave the claim out for the usual one.");

    public static readonly ProblemKind NoSuchRoute = new("no-such-route", 404, "There is nothing at this address",
        "No operation has this path.", "Compare the path with the API page.");

    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "The address does not take this method",
        "`Allow` lists the methods it takes.", "Use one of them.");

    public static readonly ProblemKind Duplicate = new("duplicate", 409, "That exists already",
        "Something that must be unique was recorded before.", "Look for the existing record.");

    public static readonly ProblemKind IdTaken = new("id-taken", 409, "The id belongs to something else",
        "Another kind of record has this id.", "Use an id of your own making (UUIDv7).");

    public static readonly ProblemKind Stale = new("stale", 412, "The record has moved on",
        "It changed since the version in `If-Match`; `currentVersion` is where it stands.", "Read it again, decide again, and send the new `ETag`.");

    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413, "The body is too large",
        "Bodies are bounded, 64 KB unless the operation says more.", "Send less.");

    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, "The body is not application/json",
        "Only `application/json` in UTF-8 is read.", "Set `Content-Type: application/json`.");

    public static readonly ProblemKind IdempotencyKeyReused = new("idempotency-key-reused", 422, "The idempotency key was used for another request",
        "The same key came before with another address or body.", "Use a fresh key for each new command; repeat a command unchanged.");

    public static readonly ProblemKind PositionBeyondLog = new("position-beyond-log", 422, "The log has not come that far",
        "`asRecordedPosition` lies beyond everything recorded; what it will hold nobody knows.", "Send a position from an answer, or an instant as `asRecorded`.");

    public static readonly ProblemKind AsOfAhead = new("as-of-ahead", 422, "That moment lies ahead",
        "`asOf` lies in the future; what is kept as it stood at a moment cannot be of one that is still to come.", "Send an instant of the past as `asOf`, or leave it out.");

    public static readonly ProblemKind AsRecordedAhead = new("as-recorded-ahead", 422, "That record lies ahead",
        "`asRecorded` lies in the future; what will be recorded by then nobody knows.", "Send an instant of the past; `asOf` may lie ahead.");

    public static readonly ProblemKind IfMatchMissing = new("if-match-missing", 428, "Say which version you saw",
        "A change to an existing record needs `If-Match`.", "Read the record and send its `ETag` as `If-Match`.");

    public static readonly ProblemKind TooManyRequests = new("too-many-requests", 429, "Too many requests",
        "This caller is over the limit.", "Wait the seconds in `Retry-After`.");

    public static readonly ProblemKind Unexpected = new("unexpected", 500, "Something went wrong here",
        "An error nobody expected; nothing was recorded unless a later read shows it.", "Send it again with the same idempotency key; report the `traceId`.");

    public static readonly ProblemKind ContentDamaged = new("content-damaged", 500, "Something on record is damaged",
        "What would be compared, or the row of the key that it is sealed under, was altered and does not open. It is not erased, and no asking again opens it. Nothing was recorded.",
        "Tell the operator, whose log names what it is; a backup may have it whole.");

    public static readonly ProblemKind DatabaseAway = new("database-away", 503, "The database is away for a moment",
        "The command may or may not have been recorded.", "Send it again with the same idempotency key after `Retry-After`.");

    public static readonly ProblemKind TryAgain = new("try-again", 503, "Too many at once on one record",
        "The record changed under the command again and again; nothing was recorded.", "Send it again after `Retry-After`.");

    public static readonly ProblemKind ViewBehind = new("view-behind", 503, "The view is not there yet",
        "The view has not shown what `If-Consistent-With` or the asked position names within the waiting time.", "Ask again after `Retry-After`.");

    public static readonly ProblemKind ViewStopped = new("view-stopped", 503, "The view stands still",
        "The view cannot apply something that was recorded, and does not show what `If-Consistent-With` or the asked position names; an administrator sees why.", "Ask again after `Retry-After`, when it is tried again; without `If-Consistent-With` the view shows what it has.");

    public static readonly ProblemKind ViewRaised = new("view-raised", 503, "The view is being built anew",
        "The program was replaced, and the rows that it reads are still being made from the log; those of before do not answer what it asks.", "Ask again after `Retry-After`.");

    public static readonly ProblemKind AccessNotRecorded = new("access-not-recorded", 503, "The read could not be recorded",
        "Every read of a client's record is recorded before its answer leaves; this one could not be, so nothing is shown.", "Ask again after `Retry-After`.");

    public static readonly ProblemKind DisclosureNotRecorded = new("disclosure-not-recorded", 503, "The disclosure could not be recorded",
        "What is told of another agency's record is recorded before the answer leaves; this could not be, so nothing is shown.", "Ask again after `Retry-After`.");

    public static readonly ProblemKind KeysUnreadable = new("keys-unreadable", 503, "The keys cannot be read",
        "The key ring, or a key beside it, is wrapped by a key that this program was not given, or cannot be reached. Nothing is lost: the operator gives the program the wrapping key of today in "
        + "`Keys` and the one until now in `PreviousKeys`, or brings back the directory of keys, and starts it anew.",
        "`keys status` shows what is wrapped by what. Ask again after `Retry-After`.");

    public static readonly ProblemKind TimedOut = new("timed-out", 503, "It took too long",
        "The request was given up; a command may or may not have been recorded.", "Send it again with the same idempotency key after `Retry-After`.");

    /// <summary>The door's own kinds, by status.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
    [
        MalformedJson, UnknownMember, DuplicateMember, ValidationFailed, BadParameter, UnknownParameter, BadCursor, BadIfMatch, BadIdempotencyKey, BadRequest,
        TokenMissing, TokenExpired, TokenInvalid, TokenIncomplete,
        RoleNotAllowed, PurposeNotOfRole,
        NoSuchRoute,
        MethodNotAllowed,
        Duplicate, IdTaken,
        Stale,
        BodyTooLarge,
        UnsupportedMediaType,
        IdempotencyKeyReused, PositionBeyondLog, AsOfAhead, AsRecordedAhead,
        IfMatchMissing,
        TooManyRequests,
        Unexpected, ContentDamaged,
        DatabaseAway, TryAgain, ViewBehind, ViewStopped, ViewRaised, AccessNotRecorded, DisclosureNotRecorded, KeysUnreadable, TimedOut,
    ];

    private static readonly FrozenDictionary<int, ProblemKind> ByEmptyStatus = new[]
    {
        BadRequest, TokenMissing, RoleNotAllowed, NoSuchRoute, MethodNotAllowed, BodyTooLarge, UnsupportedMediaType, TooManyRequests, TimedOut,
    }.ToFrozenDictionary(kind => kind.Status);

    /// <returns>The kind for an answer that the framework left empty.</returns>
    public static ProblemKind OfStatus(int status) =>
        ByEmptyStatus.TryGetValue(status, out var kind) ? kind : status >= 500 ? Unexpected : BadRequest;
}
