using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Domain.Touchpoints;

/// <summary>Plain words for the members of a fact.</summary>
internal static class FactWords
{
    public static string Of(ContactMode mode) => mode switch
    {
        ContactMode.InPerson => "in person",
        ContactMode.Phone => "by phone",
        ContactMode.Video => "by video",
        ContactMode.Text => "by text",
        ContactMode.Email => "by email",
        ContactMode.Letter => "by letter",
        ContactMode.HomeVisit => "at home",
        _ => throw new UnreachableException($"{mode} is no way of contact."),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.NoAnswer => "no answer",
        AttemptOutcome.WrongNumber => "wrong number",
        AttemptOutcome.Refused => "refused",
        AttemptOutcome.Hostile => "hostile",
        AttemptOutcome.NotSafe => "not safe",
        AttemptOutcome.NoOneHome => "no one home",
        AttemptOutcome.MessageLeft => "message left",
        _ => throw new UnreachableException($"{outcome} is no outcome of an attempt."),
    };

    public static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    public static string Length(int? minutes) => minutes is { } known ? $", {Count(known, "minute")}" : "";
}
