using CaseFlow.Api.Commands;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Unit.EventStore;

/// <summary>A key that does not open is the operator's to mend, and nothing is taken for empty meanwhile; what was altered is no outage, because no key opens it again.</summary>
public sealed class LackingAKey : IDisposable
{
    private const string Tenant = "county";
    private static readonly SealPlace Place = new(Tenant, Guid.NewGuid(), Guid.NewGuid(), "note");
    private readonly string directory = Directory.CreateTempSubdirectory("lacking").FullName;
    private readonly InMemoryDataKeyStore keys = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_an_outage_whoever_opens_a_text_and_whoever_compares_one(bool underRing)
    {
        var token = await SealAsync(SealerOf("one", underRing));
        var stranger = SealerOf("other", underRing);

        ShouldBeAnOutage(() => stranger.Open(Tenant, token));
        ShouldBeAnOutage(() => Same(stranger, token, "told"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_not_what_an_altered_row_of_a_key_is(bool underRing)
    {
        var token = await SealAsync(SealerOf("one", underRing));
        var kept = keys.Load(Tenant, Place.SubjectId)!;
        keys.Add(Tenant, kept with { Wrapped = [.. kept.Wrapped[..^1], (byte)(kept.Wrapped[^1] ^ 1)] });

        var sealer = SealerOf("one", underRing);
        await sealer.PreloadAsync(Tenant, [Place.SubjectId], TestContext.Current.CancellationToken);
        ShouldBeDamage(sealer, token);
    }

    [Fact]
    public async Task Is_not_what_an_altered_text_is()
    {
        var sealer = SealerOf("one", underRing: true);
        var token = await SealAsync(sealer);
        var altered = (SealedToken.Parse(token) with { EventId = Guid.NewGuid() }).ToString();

        foreach (var broken in new[] { altered, "no token" })
            ShouldBeDamage(sealer, broken);

        Same(sealer, token, "told").ShouldBeTrue();
        Same(sealer, token, "something else").ShouldBeFalse();
    }

    private static bool Same(AesGcmSealer sealer, string token, string told) =>
        new RecordedWords(sealer).SameIn(Tenant)(Sealed<string>.Of(told), Sealed<string>.FromToken(token));

    /// <summary>Whoever opens or compares it is refused without a time to ask again, and each time it is told to whoever looks after the program; a view goes on over it.</summary>
    private static void ShouldBeDamage(AesGcmSealer sealer, string token)
    {
        var found = new List<string>();
        sealer.Damaged += (tenant, damage) => found.Add($"{tenant}: {damage.Message}");
        foreach (var open in new Func<object>[] { () => sealer.Open(Tenant, token), () => Same(sealer, token, "told") })
        {
            var problem = Problems.From(Should.Throw<SealDamagedException>(open));
            (problem.Code, problem.Status, problem.RetryAfter).ShouldBe(("content-damaged", 500, null));
        }

        SealedJson.Readable(() => sealer.Open<string>(Tenant, Sealed<string>.FromToken(token))).ShouldBeNull();
        found.Count.ShouldBe(3);
        found.ShouldAllBe(one => one.StartsWith($"{Tenant}: ", StringComparison.Ordinal) && (one.Contains("altered", StringComparison.Ordinal) || one.Contains("not a sealed token", StringComparison.Ordinal)));
    }

    private static void ShouldBeAnOutage(Func<object> open)
    {
        var unreadable = Should.Throw<KeysUnreadableException>(open);
        foreach (var thrown in new Exception[] { unreadable, new InvalidOperationException("Around it.", unreadable) })
        {
            var problem = Problems.From(thrown);
            (problem.Code, problem.Status, problem.RetryAfter).ShouldBe(("keys-unreadable", 503, 30));
        }
    }

    private AesGcmSealer SealerOf(string name, bool underRing)
    {
        var key = FileWrappingKey.OpenOrCreate(Path.Combine(directory, $"{name}.key"));
        return underRing ? new AesGcmSealer(keys, KeyHome.Beside(key)) : new AesGcmSealer(keys, key);
    }

    private async Task<string> SealAsync(AesGcmSealer sealer)
    {
        var prepared = await sealer.PrepareAsync(Tenant, [Place.SubjectId], TestContext.Current.CancellationToken);
        foreach (var added in prepared.Added)
            keys.Add(Tenant, added);
        return prepared.Seal(Place, "\"told\""u8);
    }
}
