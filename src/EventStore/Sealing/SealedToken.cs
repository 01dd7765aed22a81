using System.Buffers.Text;
using System.Globalization;

namespace CaseFlow.EventStore.Sealing;

/// <summary>The text form of a sealed member; see <see cref="ISealer"/>.</summary>
/// <param name="SubjectId">Whose key opens it.</param>
/// <param name="EventId">The event it belongs to.</param>
/// <param name="Member">The member it belongs to.</param>
/// <param name="Payload">Nonce, ciphertext and tag.</param>
public sealed record SealedToken(Guid SubjectId, Guid EventId, string Member, byte[] Payload)
{
    private const string Prefix = "v1";

    /// <exception cref="SealDamagedException">Not a token.</exception>
    public static SealedToken Parse(string text) => TryParse(text) ?? throw new SealDamagedException("This is not a sealed token.");

    /// <returns>Null when it is not a token.</returns>
    public static SealedToken? TryParse(string text)
    {
        var parts = text.Split('.');
        if (parts is not [Prefix, var subject, var @event, { Length: > 0 } member, var payload]
            || !Guid.TryParseExact(subject, "N", out var subjectId)
            || !Guid.TryParseExact(@event, "N", out var eventId)
            || !Base64Url.IsValid(payload))
        {
            return null;
        }

        return new SealedToken(subjectId, eventId, member, Base64Url.DecodeFromChars(payload));
    }

    /// <returns>The stored text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{SubjectId:N}.{EventId:N}.{Member}.{Base64Url.EncodeToString(Payload)}");
}
