using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>What clients permit and take back, as the events that the decisions record.</summary>
public static class ConsentStories
{
    /// <summary>The coaches may tell corrections whether the client takes part, and how it goes.</summary>
    public static readonly ConsentScope ToCorrections = new(
        [Stories.Provider], null, ["dcc"], null, [], null,
        [ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress], [ConsentPurpose.Supervision]);

    /// <summary>The coaches and corrections may tell the court what monitoring takes, prosecution and defence by name.</summary>
    public static readonly ConsentScope ToCourt = ToCorrections with
    {
        Disclosers = [Stories.Provider, "dcc"],
        Recipients = ["court"],
        RecipientRoles = [Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence],
        Information = [.. ToCorrections.Information, ConsentInformation.TestResults, ConsentInformation.Discharge],
        Purposes = [ConsentPurpose.CourtMonitoring],
    };

    public static readonly DateTimeOffset SignedAt = Cdt(6, 8, 9);

    public static async Task<Guid> GrantAsync(
        this StoppedCounty county, Guid clientId, ConsentScope scope, ConsentKind kind = ConsentKind.Part2General, DateTimeOffset? expires = null,
        ConsentCondition? endsOn = null, EndAnnouncements? announced = null)
    {
        var consentId = Guid.CreateVersion7();
        var isBinding = kind == ConsentKind.CriminalJustice;
        await county.TellAsync(clientId, new ConsentGranted(
            consentId,
            kind,
            scope,
            new ConsentTerm(
                SignedAt,
                expires ?? (isBinding ? null : SignedAt.AddYears(1)),
                isBinding ? ConsentCondition.EndOfProgram : endsOn,
                isBinding ? ConsentCondition.FinalDisposition : null),
            new ConsentForm(
                "part2-2024-02", Coach.Id, "en", RevocationRightTold.OnTheForm, RedisclosureStated: true, RefusalConsequencesStated: true,
                ConsentSigner.Client, AgeAtSigning.Adult, SignatureMethod.Paper, SignedAt),
            Sealed<string>.Of("Whether I come to my coach."),
            PurposeInWords: null,
            Sealed<string>.Of("Dana Doe"),
            RecipientPerson: null,
            PolicyVersion: 3)
        { ClientId = clientId, Announced = announced }.At(SignedAt));
        return consentId;
    }

    /// <summary>The client says that they want it back.</summary>
    public static Task HoldAsync(this StoppedCounty county, Guid clientId, Guid consentId) => county.TellAsync(
        clientId,
        new ConsentRevocationRequested(consentId, RevocationMode.Oral, Coach.Id, Words: null) { ClientId = clientId }.At(county.Clock.Now),
        new ConsentProtectiveHoldPlaced(consentId) { ClientId = clientId }.At(county.Clock.Now));

    /// <summary>The client takes it back in writing.</summary>
    public static Task RevokeAsync(this StoppedCounty county, Guid clientId, Guid consentId) => county.TellAsync(
        clientId, new ConsentRevoked(consentId, Coach.Id, county.Clock.Now, RelianceNote: null) { ClientId = clientId }.At(county.Clock.Now));

    public static Task TellAsync(this StoppedCounty county, Guid clientId, params ConsentEvent[] facts) =>
        county.RecordAsync(Coach, StreamIds.Consents(clientId), "consents", facts);
}
