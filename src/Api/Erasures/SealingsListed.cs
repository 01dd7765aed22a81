using System.Text.Json;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Erasures;

/// <summary>An order, and its lifting, as the list outside the database keeps it.</summary>
internal static class SealingsListed
{
    public static ListedSealing Of(string jurisdiction, SealingOrdered fact) => new(
        jurisdiction, fact.OrderId, fact.ClientId, $"{fact.Scope}", $"{fact.Authority}", fact.ReasonCode,
        JsonSerializer.Serialize(fact.LeftTo, JsonRules.Options), fact.OccurredAt, IsLifted: false);

    /// <summary>Whom the order left the record to, and why, is over; only that it is lifted counts.</summary>
    public static ListedSealing Of(string jurisdiction, SealingLifted fact) => new(
        jurisdiction, fact.OrderId, fact.ClientId, $"{fact.Scope}", $"{fact.Authority}", ReasonCode: "lifted",
        JsonSerializer.Serialize(SealingExceptions.Nobody, JsonRules.Options), fact.OccurredAt, IsLifted: true);

    /// <summary>Lines from before liftings said when they were made tell the beginning of time.</summary>
    public static RepeatLifting LiftedAgain(ListedSealing lifting) => new(
        lifting.ClientId,
        lifting.OrderId,
        Enum.TryParse<ErasureAuthority>(lifting.Authority, out var authority)
            ? authority
            : throw new InvalidDataException($"The list of sealings says \"{lifting.Authority}\", which this program does not know."),
        Sealed<string>.Of("Lifted again after a restore; the lifting order's number was not in the backup."),
        lifting.At == DateTimeOffset.UnixEpoch ? null : lifting.At);

    /// <exception cref="InvalidDataException">The list does not say it.</exception>
    public static SealingExceptions LeftTo(ListedSealing sealing)
    {
        try
        {
            return JsonSerializer.Deserialize<SealingExceptions>(sealing.LeftTo, JsonRules.Options) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"The list of sealings does not say whom order {sealing.OrderId} leaves the record to.", broken);
        }
    }
}
