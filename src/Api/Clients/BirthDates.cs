using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Api.Clients;

/// <summary>A birth date on its way into the record, as its ISO date.</summary>
internal static class BirthDates
{
    public static RecordBirthDate CommandOf(Guid clientId, DateOnly bornOn, Actor actor, ClientMarks marks, When when)
    {
        var text = bornOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new RecordBirthDate(clientId, Sealed<string>.Of(text), marks.BirthDate(actor.Jurisdiction, text), when);
    }
}
