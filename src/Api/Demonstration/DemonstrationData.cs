using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;

namespace CaseFlow.Api.Demonstration;

/// <summary>Fills a database of the program's own with a small fictitious county, jurisdiction <c>demo</c>.</summary>
public static class DemonstrationData
{
    /// <summary>
    /// Where all of it is from: as a county that takes over its records from another system names that, so that nobody's data entry counts as late for what happened
    /// before there was this program. When it was recorded is the database's to say.
    /// </summary>
    public const string Source = "demonstration";

    /// <summary>The client with an open duty, for the greeting and the guide.</summary>
    public static Guid OpenDutyClient => Teller.Id("client/nine");

    /// <summary>The open duty's overdose.</summary>
    public static Guid OpenDuty => NamedId.Of(OpenDutyClient, $"duty/{Teller.Id("overdose/nine")}");

    /// <summary>Tells the stories once; what a kill left untold is told at the next start.</summary>
    /// <returns>Whether anything was told now.</returns>
    public static async Task<bool> LoadAsync(CaseFlowDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        var directory = await database.Store.ReadStreamAsync(Teller.Jurisdiction, StreamIds.Directory(Teller.Jurisdiction), cancellation: cancellation);
        var anchor = directory.Events.Count > 0 ? directory.Events[0].RecordedAt : clock.GetUtcNow();
        // Whole minutes, so that times read back from the database are the same again.
        anchor = new DateTimeOffset(anchor.UtcTicks - (anchor.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var last = await database.Store.ReadStreamAsync(Teller.Jurisdiction, CourtStories.Last, cancellation: cancellation);
        if (last.Version > 0)
            return false;

        var registers = new Registers(database.Store);
        var labels = new SourceLabels(registers);
        CommandLoop LoopBy(TimeProvider time) => new(database.Store, time, labels) { SourceSystem = Source };
        var teller = new Teller(LoopBy(clock), registers, anchor, cancellation);
        var (places, persons) = (new CourtPlaces(database), new Persons(new RememberedStreams(database.Store)));
        var pools = new DayPools(database.Store, persons, places);
        var draws = new DrawStories(
            teller, at => LoopBy(new StandingClock(at)), loop => new TestSelections(loop, new JurisdictionTime(registers), database.MarkKeys, pools), cancellation);
        await County.TellAsync(teller);
        await new Stories(teller, database.Marks).TellAsync();
        await new CourtStories(teller, places, registers, database.Marks, draws, cancellation).TellAsync();
        return true;
    }
}
