using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;

namespace CaseFlow.Api.Demonstration;

/// <summary>Fills a database of the program's own with a small fictitious county, jurisdiction <c>demo</c>.</summary>
public static class DemonstrationData
{
    /// <summary>The client with an open duty, for the greeting and the guide.</summary>
    public static Guid OpenDutyClient => Teller.Id("client/nine");

    /// <summary>The open duty's overdose.</summary>
    public static Guid OpenDuty => NamedId.Of(OpenDutyClient, $"duty/{Teller.Id("overdose/nine")}");

    /// <summary>Tells the stories once; what a kill left untold is told at the next start.</summary>
    public static async Task LoadAsync(CaseFlowDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        var directory = await database.Store.ReadStreamAsync(Teller.Jurisdiction, StreamIds.Directory(Teller.Jurisdiction), cancellation: cancellation);
        var anchor = directory.Events.Count > 0 ? directory.Events[0].RecordedAt : clock.GetUtcNow();
        // Whole minutes, so that times read back from the database are the same again.
        anchor = new DateTimeOffset(anchor.UtcTicks - (anchor.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var last = await database.Store.ReadStreamAsync(Teller.Jurisdiction, CourtStories.Last, cancellation: cancellation);
        if (last.Version > 0)
            return;

        var registers = new Registers(database.Store);
        var teller = new Teller(new CommandLoop(database.Store, clock, new SourceLabels(registers)), registers, anchor, cancellation);
        await County.TellAsync(teller);
        await new Stories(teller, database.Marks).TellAsync();
        await new CourtStories(teller, new CourtPlaces(database), registers, database.Marks, cancellation).TellAsync();
    }
}
