using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Imports;

public sealed class ImportingIntoMemory
{
    private readonly InMemoryEventStore store = new(ProjectionCatalogue.Codec, TimeProvider.System);
    private readonly List<RejectedRow> rejected = [];

    [Fact]
    public async Task Two_victims_of_one_incident_are_two_overdoses_of_one_conversation()
    {
        var tally = await ImportAsync(Incidents.Line(), Incidents.Line(("victim_id", "7601")));

        tally.Recorded.ShouldBe(2);
        var recorded = await RecordedAsync();
        (await store.ReadStreamAsync(recorded[0].TenantId, recorded[0].StreamId, cancellation: TestContext.Current.CancellationToken))
            .Events.ShouldHaveSingleItem().StreamType.ShouldBe("overdose");
        recorded.Select(fact => fact.Metadata.CorrelationId).ShouldBe(["pa-overdose-incidents/9670", "pa-overdose-incidents/9670"]);
        recorded.Select(fact => ((Circumstances)fact.Headers!).SourceExternalId).ShouldBe(["9670/7600", "9670/7601"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_circumstances_name_the_source_and_no_person()
    {
        await ImportAsync(Incidents.Line());

        var circumstances = (Circumstances)(await RecordedAsync()).ShouldHaveSingleItem().Headers!;
        (circumstances.Actor, circumstances.Role, circumstances.Purpose).ShouldBe(("import", Role.Service, Purpose.Operations));
        (circumstances.SourceSystem, circumstances.Intercept).ShouldBe(("pa-overdose-incidents", 1));
    }

    [Fact]
    public async Task Again_adds_nothing()
    {
        await ImportAsync(Incidents.Line());
        var again = await ImportAsync(Incidents.Line());

        (again.Recorded, again.AlreadyThere, again.RejectedRows).ShouldBe((0, 1, 0));
        (await RecordedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_line_twice_counts_once_and_a_different_one_is_rejected()
    {
        var tally = await ImportAsync(Incidents.Line(), Incidents.Line(), Incidents.Line(("survived", "N")));

        (tally.RowsRead, tally.Recorded, tally.Repeated, tally.RejectedRows).ShouldBe((3, 1, 1, 1));
        rejected.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Code.ShouldBe("repeated-differently"),
            row => row.Line.ShouldBe(4),
            row => row.Reason.ShouldStartWith("Line 2 "));
    }

    [Theory]
    [InlineData("survived", "N")]
    [InlineData("incident_time", "18:33:00")]
    [InlineData("incident_time", "00:00:00")]
    public async Task A_row_changed_at_its_source_is_told_and_changes_nothing(string column, string value)
    {
        await ImportAsync(Incidents.Line());
        var again = await ImportAsync(Incidents.Line((column, value)));

        (again.Recorded, again.AlreadyThere, again.Rejected["changed-since-import"]).ShouldBe((0, 0, 1));
        (await RecordedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_corrected_here_is_no_change_at_the_source()
    {
        await ImportAsync(Incidents.Line());
        var first = (await RecordedAsync()).ShouldHaveSingleItem();
        var report = (OverdoseReported)first.Data;
        var confirmed = new OverdoseConfirmed(ConfirmedBy.Hospital) { OverdoseId = report.OverdoseId }.At(Incidents.Now);
        await store.AppendAsync(
            new Append("dauphin", [new StreamAppend(first.StreamId, "overdose", ExpectedVersion.Exactly(1), [new NewEvent(Guid.CreateVersion7(), confirmed)])], new AppendMetadata("x")),
            CancellationToken.None);

        (await ImportAsync(Incidents.Line())).AlreadyThere.ShouldBe(1);
    }

    [Fact]
    public async Task Another_source_with_the_same_numbers_is_another_row()
    {
        await ImportAsync(Incidents.Line());
        var other = new ImportOverdoses(store, Incidents.Terms with { Source = "county-register" }, Keep);

        (await other.RunAsync(Incidents.Read(Incidents.File(Incidents.Line())), cancellation: TestContext.Current.CancellationToken)).Recorded.ShouldBe(1);
    }

    [Fact]
    public async Task A_row_is_the_record_of_the_agency_that_is_named_under_its_law()
    {
        var police = new ImportOverdoses(store, Incidents.Terms with { RecordOf = "sheriff", Labels = ["CJI"] }, Keep);
        await police.RunAsync(Incidents.Read(Incidents.File(Incidents.Line())), cancellation: TestContext.Current.CancellationToken);

        (await RecordedAsync()).Select(recorded => (Circumstances)recorded.Headers!)
            .ShouldAllBe(about => about.RecordOf == "sheriff" && about.Labels.Single() == "CJI");
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_records_nothing()
    {
        var dry = await new ImportOverdoses(store, Incidents.Terms, Keep, dryRun: true).RunAsync(
            Incidents.Read(Incidents.File(Incidents.Line(), Incidents.Line(("survived", "?"), ("victim_id", "1")))), cancellation: TestContext.Current.CancellationToken);

        (dry.Recorded, dry.Rejected["survived-unreadable"]).ShouldBe((1, 1));
        (await RecordedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_row_is_counted_once()
    {
        var tally = await ImportAsync(
            Incidents.Line(), "broken", Incidents.Line(), Incidents.Line(("victim_id", "1")), Incidents.Line(("survived", "?"), ("victim_id", "2")));

        tally.RowsRead.ShouldBe(5);
        (tally.Recorded + tally.AlreadyThere + tally.Repeated + tally.RejectedRows).ShouldBe(5);
    }

    private async Task<ImportTally> ImportAsync(params string[] lines) =>
        await new ImportOverdoses(store, Incidents.Terms, Keep).RunAsync(
            Incidents.Read(Incidents.File(lines)), cancellation: TestContext.Current.CancellationToken);

    private Task Keep(RejectedRow row)
    {
        rejected.Add(row);
        return Task.CompletedTask;
    }

    private async Task<List<RecordedEvent>> RecordedAsync() =>
        await store.ReadLogAsync(0, cancellation: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
