using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Demonstration;

/// <summary>One participant's file: entries are put down in order and then told by the court's own rules, as if each were recorded when it happened.</summary>
internal sealed class CourtFileOf(Teller teller, CourtPlaces places, BusinessCalendar calendar, Guid client, Guid participation, CourtQuestion asked)
{
    private readonly List<(CourtFile File, RecordInCourt Command)> entries = [];

    /// <summary>The court sits in the morning of days on which its office is open, one participant every ten minutes.</summary>
    /// <param name="daysAgo">Not before that local day; negative for days to come.</param>
    /// <param name="place">On the morning's list, from 0.</param>
    public DateTimeOffset SittingAfter(double daysAgo, int place)
    {
        var open = calendar.OfficeTimeFrom(calendar.Utc(DayAgo(daysAgo), new TimeOnly(9, 0)));
        return calendar.Utc(calendar.LocalDate(open), new TimeOnly(9, 0).AddMinutes(10 * place));
    }

    /// <returns>The local day so long ago.</returns>
    public DateOnly DayAgo(double days) => calendar.LocalDate(teller.Ago(days));

    /// <returns>The entry's id, by which later ones name it.</returns>
    public Guid Enter(string name, double daysAgo, CourtFile file, ParticipationEvent fact, IReadOnlyList<string>? decidedBy = null, string? words = null)
    {
        var at = teller.Ago(daysAgo);
        var entry = new CourtEntry(NamedId.Of(participation, name), file, calendar.LocalDate(at), decidedBy ?? [], words is null ? null : Sealed<string>.Of(words));
        entries.Add((file, new RecordInCourt(fact with { ClientId = client, ParticipationId = participation, Court = CourtStories.Court }, entry, When.At(at))));
        return entry.EntryId;
    }

    /// <summary>One command files everything in one place, so each run of entries of one file is one.</summary>
    public async Task TellAsync(Actor actor)
    {
        for (var n = 0; n < entries.Count;)
        {
            var file = entries[n].File;
            var run = entries.Skip(n).TakeWhile(entry => entry.File == file).ToList();
            n += run.Count;
            await teller.TellAsync(actor, async session =>
            {
                var stream = await session.LoadAsync(Streams.Participation, participation);
                session.Filing = new Filing(File: file);
                foreach (var (_, command) in run)
                {
                    var before = stream.State;
                    var decided = RecordInCourt.Decide(command, before, asked, command.When.OccurredAt);
                    if (session.Record(stream, decided, about => about with { Intercept = 3 }))
                        await places.KeepAsync(session, new KeepPlace(CourtStories.Court, participation, before, decided.Events, asked.Court, command.When));
                }

                return Answer.Done(stream);
            });
        }
    }
}
