using CaseFlow.EventStore;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>Many appends at once.</summary>
public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Promise_9_many_writers_on_one_hot_stream_all_get_through_in_their_own_order()
    {
        const int writers = 32;
        const int rounds = 12;
        var stream = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                for (var round = 0; round < rounds; round++)
                {
                    var visits = Enumerable.Range(0, 1 + (round % 3)).Select(_ => Visit((writer * 1000) + round)).ToArray();
                    var appended = (await Store.AppendAsync(One(stream, ExpectedVersion.Any, visits), Stop)).ShouldBeOfType<AppendResult.Appended>();
                    var last = (await Store.ReadStreamAsync(Tenant, stream, appended.Versions[stream], null, Stop)).Events[0];
                    (last.EventId, last.Sequence).ShouldBe((visits[^1].EventId, appended.LastSequence));
                }
            },
            Stop)));

        var read = await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop);
        read.Events.Select(recorded => recorded.Version).ShouldBe(Numbers(writers * rounds * 2));
        read.Events.Select(recorded => recorded.Sequence).ShouldBeInOrder(SortDirection.Ascending);
        foreach (var writer in read.Events.GroupBy(recorded => ((VisitNoted)recorded.Data).Number / 1000))
            writer.Select(recorded => ((VisitNoted)recorded.Data).Number).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task Promise_11_two_hundred_appends_at_once_each_have_their_own_answer()
    {
        var streams = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var stream in streams)
            await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop);
        var fresh = streams.Select(_ => Guid.NewGuid()).ToArray();

        var results = await Task.WhenAll(streams.SelectMany((stream, i) => new[]
        {
            AtOnce(One(stream, ExpectedVersion.Exactly(1), Visit(2))),
            AtOnce(One(stream, ExpectedVersion.Exactly(1), Visit(2))),
            AtOnce(One(stream, ExpectedVersion.Exactly(9), Visit(9))),
            AtOnce(One(stream, ExpectedVersion.NoStream, Visit(0))),
            AtOnce(One(fresh[i], ExpectedVersion.NoStream, Visit(), Visit(2))),
        }));

        for (var i = 0; i < streams.Length; i++)
        {
            var (stream, own) = (streams[i], results[(i * 5)..((i * 5) + 5)]);
            own[..2].OfType<AppendResult.Appended>().ShouldHaveSingleItem().Versions[stream].ShouldBe(2);
            own[..2].OfType<AppendResult.Conflict>().ShouldHaveSingleItem().ShouldBe(new AppendResult.Conflict(stream, 1, 2));
            own[2].ShouldBeOfType<AppendResult.Conflict>().Expected.ShouldBe(9);
            own[3].ShouldBeOfType<AppendResult.Conflict>().Actual.ShouldBeInRange(1, 2);
            own[4].ShouldBeOfType<AppendResult.Appended>().Versions[fresh[i]].ShouldBe(2);
            (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events
                .Select(recorded => ((VisitNoted)recorded.Data).Number).ShouldBe([1, 2]);
        }
    }

    [Fact]
    public async Task Promise_11_an_append_that_must_fail_takes_nobody_with_it()
    {
        var taken = Visit();
        await Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, taken), Stop);
        var streams = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToArray();

        var all = new List<Task<AppendResult>>();
        for (var i = 0; i < streams.Length; i++)
        {
            all.Add(AtOnce(One(streams[i], ExpectedVersion.NoStream, Visit())));
            if (i % 20 == 10)
                all.Add(AtOnce(One(Guid.NewGuid(), ExpectedVersion.Any, taken)));
        }

        await Task.WhenAll(all).ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        all.Count(append => append.Exception?.InnerException is InvalidOperationException).ShouldBe(3);
        all.Count(append => append.IsCompletedSuccessfully && append.Result is AppendResult.Appended).ShouldBe(60);
        foreach (var stream in streams)
            (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Promise_11_of_requests_repeated_at_once_each_is_answered_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => AtOnce(
            One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(number)) with { Answer = Answer($"key-{number % 10}", status: number) })));

        for (var key = 0; key < 10; key++)
        {
            var same = Enumerable.Range(0, 10).Select(repeat => (Number: (repeat * 10) + key, Result: results[(repeat * 10) + key])).ToList();
            var first = same.Where(one => one.Result is AppendResult.Appended).ShouldHaveSingleItem();
            same.Select(one => one.Result).OfType<AppendResult.AnsweredBefore>().Select(before => before.Answer.Status)
                .ShouldBe(Enumerable.Repeat(first.Number, 9));
        }

        await PlaceAsync();
        (await Store.EndOfLogAsync(Stop)).Position.ShouldBe(10);
    }

    [Fact]
    public async Task Promise_11_appends_repeated_at_once_under_their_ids_are_answered_alike()
    {
        var appends = Enumerable.Range(0, 50).Select(number => One(
            Guid.NewGuid(), number % 2 == 0 ? ExpectedVersion.Any : ExpectedVersion.NoStream, Visit(), Visit(2))).ToList();

        var results = await Task.WhenAll(appends.Concat(appends).Select(AtOnce));

        for (var i = 0; i < appends.Count; i++)
        {
            var (one, other) = ((AppendResult.Appended)results[i], (AppendResult.Appended)results[i + 50]);
            other.LastSequence.ShouldBe(one.LastSequence);
            other.Versions.ShouldBe(one.Versions);
            (await Store.ReadStreamAsync(Tenant, appends[i].Streams[0].StreamId, cancellation: Stop)).Events.Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Promise_12_a_caller_that_gave_up_before_is_told_that_nothing_was_written()
    {
        var stream = Guid.NewGuid();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), gone.Token));

        (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version.ShouldBe(0);
    }

    private Task<AppendResult> AtOnce(Append append) => Task.Run(() => Store.AppendAsync(append, Stop), Stop);
}
