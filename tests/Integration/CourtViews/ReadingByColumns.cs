using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Integration.Privacy;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;
using Npgsql;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>What is read of a participant from an index says what the rows say.</summary>
public sealed class ReadingByColumns
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_about_a_hearing_is_whole_to_the_tick()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var first = await robin.FileAsync(CourtFile.Open, Cdt(4, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 1, 9).AddTicks(7), null));
        await robin.FileAsync(CourtFile.Open, Cdt(4, 3, 9), new StatusHearingContinued(first.EntryId, Cdt(6, 2, 9).ToOffset(TimeSpan.FromHours(-4)), "judge-away"));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingHeld(first.EntryId, HearingKind.Status, HearingPresence.InPerson));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 2, 8), new StaffingHeld(["judge-1"], first.EntryId));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 10), new JudicialActionRecorded("praise", first.EntryId));
        var second = await robin.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new StatusHearingScheduled(HearingKind.Sanction, Cdt(6, 9, 9), null));
        var missed = await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new StatusHearingMissed(second.EntryId, Excused: true));
        await robin.RetractAsync(missed, "status_hearing_missed", Cdt(6, 10, 9));
        await county.ShowAsync();

        foreach (var asOf in new DateTimeOffset?[] { null, Cdt(6, 2, 9), Cdt(5, 1, 9) })
        {
            var view = county.Database.Views.HearingCalendar;
            var (rows, _) = await HearingQueries.OfCourtAsync(
                county.Database.Reader, view, Jurisdiction, Participants.Court, openFileOnly: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200),
                await AtAsync(county, asOf), Cancellation);
            var columns = HearingQueries.OfParticipations(view, [robin.ParticipationId]);
            await county.Database.Reader.AskAsync(Jurisdiction, await AtAsync(county, asOf), [columns], Cancellation);

            rows.Count.ShouldBe(asOf is null ? 7 : asOf == Cdt(6, 2, 9) ? 4 : 2);
            columns.Answer.ShouldBe(rows);
            columns.Answer.Select(entry => entry.Fact.At?.Offset).ShouldBe(rows.Select(entry => entry.Fact.At?.Offset), "two of one instant are equal whatever their offset");
        }
    }

    [Fact]
    public async Task Ordinary_tests_and_sessions_are_the_same_with_their_rows_and_without()
    {
        await using var county = await WithActivityAsync();
        var robin = county.Robin;

        foreach (var asOf in new DateTimeOffset?[] { null, Cdt(5, 10, 9) })
        {
            var view = county.County.Database.Views.CourtActivity;
            var (lines, whole) = (ActivityQueries.Of(view, [robin.ParticipationId]), ActivityQueries.Of(view, [robin.ParticipationId], whole: true));
            await county.County.Database.Reader.AskAsync(Jurisdiction, await AtAsync(county.County, asOf), [lines, whole], Cancellation);

            whole.Answer.ShouldAllBe(line => line.Row != null);
            lines.Answer.Select(line => line with { Row = null }).ShouldBe(whole.Answer.Select(line => line with { Row = null }));
            lines.Answer.Select(line => line.Row?.ActivityId).ShouldBe(whole.Answer.Select(line => line.Row!.IsNoted ? line.Row.ActivityId : (Guid?)null));
            lines.Answer.Count(line => line.Row is null).ShouldBe(asOf is null ? 4 : 1, "negative tests and sessions");
        }
    }

    [Fact]
    public async Task Neither_they_nor_hearings_need_a_row_of_the_table()
    {
        await using var county = await WithActivityAsync();
        await using var source = NpgsqlDataSource.Create(county.County.ConnectionString);
        (string View, ViewOrder Order, string Columns)[] orders =
        [
            (CourtActivityView.ViewName, county.County.Database.Views.CourtActivity.Orders[0], "participation_id, kind, state, step, day, amount, source, starts_at, key"),
            (HearingCalendarView.ViewName, county.County.Database.Views.HearingCalendar.Orders[2], "participation_id, client_id, hearing_at, key"),
        ];
        foreach (var (view, order, columns) in orders)
        {
            order.Name.ShouldBe("participation");
            foreach (var moment in new[] { "pos_to = 9223372036854775807 and occ_to = 'infinity'", "pos_from <= 3 and pos_to > 3 and occ_from <= now() and occ_to > now()" })
            {
                await using var connection = await source.OpenConnectionAsync(Cancellation);
                await using var transaction = await connection.BeginTransactionAsync(Cancellation);
                // Of so few rows any index is as good as another: the others go, until the transaction is rolled back.
                await using var command = new NpgsqlCommand(
                    $"""
                    set local enable_seqscan = off; set local enable_bitmapscan = off;
                    do $$ declare other record; begin
                      for other in
                        select i.indexrelid::regclass as name, c.conname from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
                        where i.indrelid = 'views.{view}'::regclass and i.indexrelid::regclass::text not like '%\_participation\_%'
                      loop
                        execute case when other.conname is null then format('drop index %s', other.name) else format('alter table views.{view} drop constraint %I', other.conname) end;
                      end loop;
                    end $$;
                    explain select {columns}, {string.Join(", ", order.Holding)} from views.{view}
                    where tenant_id = '{Jurisdiction}' and participation_id = '{county.Robin.ParticipationId}' and {moment}
                    """,
                    connection);
                var plan = new List<string>();
                await using var row = await command.ExecuteReaderAsync(Cancellation);
                while (await row.ReadAsync(Cancellation))
                    plan.Add(row.GetString(0));
                plan.ShouldContain(line => line.Contains($"Index Only Scan using {view}_participation_", StringComparison.Ordinal), string.Join('\n', plan));
            }
        }
    }

    private static async Task<Told> WithActivityAsync()
    {
        var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await robin.TestedAsync(new DateOnly(2026, 4, 10), TestResult.Negative);
        await robin.TestedAsync(new DateOnly(2026, 5, 1), TestResult.Positive);
        await robin.TestedAsync(new DateOnly(2026, 6, 5), TestResult.Negative);
        await robin.TestedAsync(new DateOnly(2026, 6, 14), null);
        await robin.MissedTestAsync(new DateOnly(2026, 5, 20));
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await robin.SessionAsync(Cdt(6, 3, 10), 45);
        await robin.SessionAsync(Cdt(6, 9, 10), 30);
        var fee = await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new FeeOrdered("program-fee", 10_000, new DateOnly(2026, 6, 1)));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 9, 9), new FeePaid(fee.EntryId, 4_000));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 1, 10), new IncentiveGranted("token", "honest"));
        await county.ShowAsync();
        return new Told(county, robin);
    }

    private static async Task<ViewInstant> AtAsync(Asking.StoppedCounty county, DateTimeOffset? asOf) =>
        new(await county.Database.Positions.PositionOfAsync(CourtComplianceView.ViewName, Jurisdiction, Cancellation), asOf);

    private sealed record Told(Asking.StoppedCounty County, Participant Robin) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => County.DisposeAsync();
    }
}
