using System.Collections.Concurrent;
using System.Diagnostics;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// A door that shows another agency's record calls this after it decided and before its answer leaves: the disclosure is recorded, or
/// the answer is not given. What one person is told of one agency's record on one ground, for one purpose, in one view, over a local day
/// is one disclosure (docs/decisions/0018); every single read stands in the log of reads.
/// </summary>
public sealed class DisclosureDesk(IEventStore store, ISourceLabels labels, SealedRecords seals, Registers registers, JurisdictionTime time, TimeProvider clock)
{
    private const int MostRemembered = 100_000;

    private readonly CommandLoop loop = new(store, clock, labels);

    /// <summary>What is on record for today, and until when: a page that tells nothing new asks the database nothing.</summary>
    private readonly ConcurrentDictionary<(Actor Reader, RecordTold Told), DateTimeOffset> recorded = new();

    /// <summary>Records what an answer tells its reader, unless that is on record for today.</summary>
    /// <param name="reader">Who is told.</param>
    /// <param name="told">All that the answer tells of other agencies' records; what is the reader's own agency's is left out.</param>
    /// <param name="noticeVersion">Version of the notice on redisclosure that the answer carries; null when it carries none.</param>
    /// <param name="cancellation">Ends the attempt; the answer does not leave then.</param>
    /// <exception cref="DisclosureNotRecordedException">The answer stays here.</exception>
    public async Task RecordAsync(Actor reader, IEnumerable<RecordTold> told, string? noticeVersion, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var unsaid = told.Distinct()
            .Where(one => one.DisclosingAgency != reader.Agency && !(recorded.TryGetValue((reader, one), out var until) && now < until))
            .ToList();
        try
        {
            var fresh = await OpenAsync(reader, unsaid, cancellation);
            if (fresh.Count == 0)
                return;
            var (day, ends) = await TodayAsync(reader.Jurisdiction, now, cancellation);
            var grantId = fresh.Exists(one => one.Basis == DisclosureBasis.AuditGrant)
                ? (await registers.DirectoryAsync(reader.Jurisdiction, cancellation)).GrantInForce(reader.Id, now)?.GrantId
                : null;
            await AppendAsync(
                reader,
                [.. fresh.Select(one => FactOf(reader, one.Basis == DisclosureBasis.AuditGrant ? one with { BasisId = grantId } : one, noticeVersion, day).At(now))],
                cancellation);
            Remember(reader, fresh, now, ends);
        }
        catch (Exception failed) when (failed is not (OperationCanceledException or DisclosureNotRecordedException))
        {
            throw new DisclosureNotRecordedException(failed);
        }
    }

    /// <summary>
    /// Ends a consent for once with the disclosure that is made under it (R60), before its answer leaves. Of two answers at once one is
    /// first, and the other stays here.
    /// </summary>
    /// <exception cref="DisclosureNotRecordedException">The consent is spent already, or its end could not be recorded.</exception>
    public async Task EndConsentAsync(Actor reader, RecordTold told, CancellationToken cancellation)
    {
        CommandResult result;
        try
        {
            if ((await OpenAsync(reader, [told], cancellation)).Count == 0)
                return;
            result = await loop.RunAsync(
                reader,
                async session =>
                {
                    session.Circumstances = session.Circumstances with { RecordOf = told.DisclosingAgency, LegalBasis = $"{told.BasisId}" };
                    var stream = await session.LoadAsync(Streams.Consents, StreamIds.Consents(told.ClientId));
                    var command = new RecordConsentCondition(
                        told.ClientId, told.BasisId!.Value, ConsentCondition.DisclosureMade, reader.Id, When.At(session.Now));
                    session.Record(stream, RecordConsentCondition.Follow(command, stream.State, session.Now));
                    return Answer.Done(stream);
                },
                new CommandTerms(TraceId: Activity.Current?.TraceId.ToHexString()),
                cancellation);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new DisclosureNotRecordedException(failed);
        }

        if (result is not CommandResult.Recorded)
            throw new DisclosureNotRecordedException();
    }

    /// <returns>What an answer does tell: nothing of a record leaves that is sealed from its reader.</returns>
    private async Task<List<RecordTold>> OpenAsync(Actor reader, List<RecordTold> told, CancellationToken cancellation)
    {
        var sealOf = await seals.OfAllAsync(reader, [.. told.Select(one => one.ClientId)], cancellation);
        return [.. told.Where(one => sealOf(one.ClientId).OfWholeRecord is null)];
    }

    private static DisclosureMade FactOf(Actor reader, RecordTold told, string? noticeVersion, DateOnly day)
    {
        var purpose = DisclosurePurposes.Of(reader.Purpose, told.Basis);
        var id = NamedId.Of(
            $"{told.ClientId}", "disclosure", reader.Id, $"{reader.Role}", reader.Agency ?? "", told.DisclosingAgency, told.View, told.Information,
            $"{told.Basis}", $"{told.BasisId}", $"{purpose}", $"{day:O}");
        return new DisclosureMade(
            id, told.DisclosingAgency, new DisclosureRecipient(reader.Agency, reader.Role, reader.Id), purpose, [told.View, told.Information], told.Basis,
            told.BasisId, told.Basis == DisclosureBasis.Consent ? noticeVersion : null, DisclosureMethod.System, Description: null, RecipientName: null)
        { ClientId = told.ClientId };
    }

    /// <summary>The id of the event follows from what it says: told twice, by two nodes at once or after a lost answer, it is stored once.</summary>
    private async Task AppendAsync(Actor actor, IReadOnlyList<DisclosureMade> facts, CancellationToken cancellation)
    {
        var label = await labels.ForAsync(actor.Jurisdiction, cancellation);
        var trace = Activity.Current?.TraceId.ToHexString();
        NewEvent EventOf(DisclosureMade fact) => new(fact.DisclosureId, fact, label(
            new Circumstances
            {
                Actor = actor.Id,
                Role = actor.Role,
                Agency = actor.Agency,
                Office = actor.Office,
                RecordOf = fact.DisclosingAgency,
                Purpose = actor.Purpose,
                LegalBasis = fact.BasisId?.ToString(),
                TraceId = trace,
            },
            Filing.Usual));

        // One by one: a repeated id among new ones is not the same append told again.
        foreach (var fact in facts)
        {
            var stream = new StreamAppend(
                StreamIds.Disclosures(fact.ClientId), Streams.Disclosures.Alias, ExpectedVersion.Any, [EventOf(fact)]);
            if (await store.AppendAsync(new Append(actor.Jurisdiction, [stream], new AppendMetadata(actor.Id, trace)), cancellation) is not AppendResult.Appended)
                throw new DisclosureNotRecordedException();
        }
    }

    private async Task<(DateOnly Day, DateTimeOffset Ends)> TodayAsync(string jurisdiction, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await time.PolicyAtAsync(jurisdiction, now, cancellation) is not { } policy)
            return (DateOnly.FromDateTime(now.UtcDateTime), new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        var calendar = new BusinessCalendar(policy.Policy);
        var day = calendar.LocalDate(now);
        return (day, calendar.DayOf(day).End);
    }

    private void Remember(Actor reader, List<RecordTold> told, DateTimeOffset now, DateTimeOffset until)
    {
        if (recorded.Count > MostRemembered)
        {
            foreach (var past in recorded.Where(one => one.Value <= now))
                recorded.TryRemove(past);
            // Forgetting costs an append that changes nothing, never a record.
            if (recorded.Count > MostRemembered)
                recorded.Clear();
        }

        foreach (var one in told)
            recorded[(reader, one)] = until;
    }
}
