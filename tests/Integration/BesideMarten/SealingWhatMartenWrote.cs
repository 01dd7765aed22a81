using CaseFlow.EventStore;
using CaseFlow.EventStore.Integrity;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.Integration.Integrity;
using JasperFx.Events;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>The history that is sealed and signed is both writers'.</summary>
public sealed class SealingWhatMartenWrote
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task It_verifies_as_it_was_recorded_and_shows_where_it_is_not(EventAppendMode mode)
    {
        await using var store = await SealedStore.CreateAsync();
        var shared = store.Database.Options with { SharedWithMarten = true };
        await MartenApplication.InstallAsync(store.Database.ConnectionString);
        var sequencer = new Sequencer(store.Database.Source, shared, new LogSignal());
        await sequencer.PlaceNewAsync(Stop);
        await using var marten = MartenApplication.Over(store.Database.ConnectionString, mode);
        var stream = Guid.NewGuid();
        await store.Database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        await marten.AppendAsync(stream, 1, new VisitNoted(2), new DoseGiven(3, EventStore.DoseUnit.NasalSpray));
        await Should.ThrowAsync<EventStreamUnexpectedMaxEventIdException>(() => marten.AppendAsync(stream, 1, new VisitNoted(9)));
        if (mode == EventAppendMode.Rich)
            await store.Database.UntilAsync("select count(*) > 0 from caseflow.mt_events where type = 'tombstone'");
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue(store.Integrity.Sealer.WhyUnsigned);

        var verdict = await store.VerifyAsync();
        (verdict.IsIntact, verdict.IsWhole, verdict.FindingCount).ShouldBe((true, true, 0));

        await using (var session = marten.Session())
        {
            session.Events.ArchiveStream(stream);
            await session.SaveChangesAsync(Stop);
        }

        await using (var background = StoreDataSource.ForBackground(store.Database.ProgramConnectionString))
        {
            var archived = await new HistoryVerification(background, shared, store.Home).VerifyAsync(cancellation: Stop);
            (archived.IsIntact, archived.Archived).ShouldBe((true, 3));
        }

        await store.TamperAsync("""update caseflow.mt_events set is_archived = false; update caseflow.mt_events set data = '{"number": 7, "place": "office"}' where version = 2""");
        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Defect, finding.First).ShouldBe((HistoryDefect.Changed, 2));
    }
}
