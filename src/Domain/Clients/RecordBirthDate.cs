using System.Globalization;

namespace CaseFlow.Domain.Clients;

/// <summary>The client's date of birth, or another one than was recorded before.</summary>
/// <param name="BornOn">ISO date, for example 1990-12-31.</param>
/// <param name="Fingerprint">Keyed, over the ISO date; computed at the edge.</param>
public sealed record RecordBirthDate(Guid ClientId, Sealed<string> BornOn, string Fingerprint, When When)
{
    private const int OldestYears = 120;

    public static Decision<ClientEvent> Decide(RecordBirthDate command, ClientState state, DateTimeOffset now)
    {
        var birthDateId = ValueId.Of(command.ClientId, "birth-date", command.Fingerprint);
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.BirthDateId == birthDateId)
            return Decision<ClientEvent>.AlreadyDone;

        return (command.When.Check(now) ?? Check(command.BornOn.Plain(), DateOnly.FromDateTime(now.UtcDateTime))) is { } rejection
            ? rejection
            : new BirthDateRecorded(command.BornOn) { ClientId = command.ClientId, BirthDateId = birthDateId }.At(command.When);
    }

    private static Rejection? Check(string text, DateOnly today) =>
        !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var bornOn)
            ? ClientRejections.BirthDateInvalid()
        : bornOn > today ? ClientRejections.BirthDateInFuture()
        : bornOn < today.AddYears(-OldestYears) ? ClientRejections.BirthDateTooLongAgo()
        : null;
}
