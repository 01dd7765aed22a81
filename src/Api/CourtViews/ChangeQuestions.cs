using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Api.CourtViews;

/// <summary>Asks where the rows of one participant changed last.</summary>
internal sealed class ChangeQuestions(ProjectionCatalogue views, string jurisdiction, Guid participation)
{
    private readonly ViewQuestion<long> whole = ViewQuestion.LastChange(views.CourtCompliance, OwnRow(jurisdiction, participation));
    private readonly ViewQuestion<long> hearings = HearingQueries.LastChange(views.HearingCalendar, participation);
    private readonly ViewQuestion<IReadOnlyDictionary<string, long>> activity = ActivityQueries.LastChanges(views.CourtActivity, participation);

    public ViewQuestion OfEntry => whole;

    public IReadOnlyList<ViewQuestion> OfDetails => [hearings, activity];

    /// <param name="reader">Asks once more of the few that are over.</param>
    /// <param name="at">The moment.</param>
    /// <param name="ended">What ended the participation; null while nothing has.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<ParticipantChanges> AnswerAsync(ViewReader reader, ViewInstant at, FileEntry? ended, CancellationToken cancellation)
    {
        var own = activity;
        if (ended is not null)
        {
            own = ActivityQueries.LastChanges(views.CourtActivity, participation, AfterTheEnd.From(ended));
            await reader.AskAsync(jurisdiction, at, [own], cancellation);
        }

        return new ParticipantChanges(whole.Answer, hearings.Answer, own.Answer);
    }

    private static ViewScope OwnRow(string jurisdiction, Guid participation) => new(jurisdiction)
    {
        Where = "key = @participation",
        WhereParameters = parameters => parameters.AddWithValue("participation", participation.ToString()),
    };
}
