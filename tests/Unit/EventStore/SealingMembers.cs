using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Unit.EventStore;

public sealed class SealingMembers : IDisposable
{
    private const string Tenant = "county";
    private static readonly SealPlace Place = new(Tenant, Guid.NewGuid(), Guid.NewGuid(), "name");
    private readonly string path = Path.Combine(Path.GetTempPath(), $"caseflow-key-{Guid.NewGuid():N}");
    private readonly InMemoryDataKeyStore keys = new();

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task A_token_opens_only_where_it_was_sealed()
    {
        var sealer = await SealerWithKeysAsync(Place.SubjectId, Guid.Empty);
        var token = sealer.Seal(Place, "content"u8);
        Encoding.UTF8.GetString(sealer.Open(Tenant, token)).ShouldBe("content");
        var parsed = SealedToken.Parse(token);

        foreach (var moved in new[]
        {
            parsed with { SubjectId = Guid.Empty },
            parsed with { EventId = Guid.NewGuid() },
            parsed with { Member = "alias" },
            parsed with { Payload = [.. parsed.Payload[..^1], (byte)(parsed.Payload[^1] ^ 1)] },
            parsed with { Payload = [] },
        })
        {
            Should.Throw<SealBrokenException>(() => sealer.Open(Tenant, moved.ToString()));
        }

        Should.Throw<SealBrokenException>(() => sealer.Open("other county", token));
        Should.Throw<SealBrokenException>(() => sealer.Open(Tenant, "content"));
    }

    [Fact]
    public async Task What_does_not_open_is_gone_only_if_its_key_is_destroyed()
    {
        var sealer = await SealerWithKeysAsync(Place.SubjectId);
        var token = SealedToken.Parse(sealer.Seal(Place, "\"content\""u8));
        string? Open(SealedToken told) => sealer.OpenUnlessGone(Tenant, CaseFlow.Domain.Sealed<string>.FromToken(told.ToString()));

        Open(token).ShouldBe("content");
        Open(token with { SubjectId = Guid.NewGuid() }).ShouldBeNull("its key was never made, or is destroyed");
        Should.Throw<SealBrokenException>(() => Open(token with { EventId = Guid.NewGuid() }), "moved");
        Should.Throw<SealBrokenException>(() => Open(token with { Payload = [] }), "altered");
        Should.Throw<SealBrokenException>(() => sealer.OpenUnlessGone(Tenant, CaseFlow.Domain.Sealed<string>.FromToken("content")), "no token at all");
    }

    [Fact]
    public async Task The_same_content_is_never_sealed_to_the_same_token()
    {
        var sealer = await SealerWithKeysAsync(Place.SubjectId);
        sealer.Seal(Place, "content"u8).ShouldNotBe(sealer.Seal(Place, "content"u8));
    }

    [Fact]
    public async Task A_destroyed_key_is_forgotten_when_its_time_in_memory_is_over()
    {
        var clock = new SetClock();
        var store = new InMemoryDataKeyStore();
        var sealer = new AesGcmSealer(store, FileWrappingKey.OpenOrCreate(path), clock, lifetime: TimeSpan.FromMinutes(5));
        sealer.Committed(await sealer.PrepareAsync(Tenant, [Place.SubjectId], TestContext.Current.CancellationToken));
        var token = sealer.Seal(Place, "content"u8);

        clock.Now += TimeSpan.FromMinutes(4);
        sealer.Open(Tenant, token).ShouldNotBeEmpty();
        clock.Now += TimeSpan.FromMinutes(1);
        Should.Throw<SealBrokenException>(() => sealer.Open(Tenant, token));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_key_file_is_its_owners_alone_and_made_once()
    {
        var made = FileWrappingKey.OpenOrCreate(path);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FileWrappingKey.OpenOrCreate(path).KeyId.ShouldBe(made.KeyId);
        made.Derive("a").ShouldBe(FileWrappingKey.OpenOrCreate(path).Derive("a"));
        made.Derive("a").ShouldNotBe(made.Derive("b"));

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Should.Throw<InvalidOperationException>(() => FileWrappingKey.OpenOrCreate(path)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_wrapped_key_unwraps_only_in_its_place()
    {
        var wrapping = FileWrappingKey.OpenOrCreate(path);
        var wrapped = wrapping.Wrap([1, 2, 3], "place"u8);
        wrapping.Unwrap(wrapped, "place"u8).ShouldBe([1, 2, 3]);
        Should.Throw<CryptographicException>(() => wrapping.Unwrap(wrapped, "elsewhere"u8));
        Should.Throw<CryptographicException>(() => wrapping.Unwrap([1], "place"u8));
    }

    [Fact]
    public void A_blind_mark_finds_a_value_however_it_is_typed_and_only_in_its_tenant_and_kind()
    {
        var index = new BlindIndex(FileWrappingKey.OpenOrCreate(path));
        var mark = index.MarkOf(Tenant, "doc-number", "ab 123");
        index.MarkOf(Tenant, "doc-number", "  AB   123 ").ShouldBe(mark);
        index.MarkOf(Tenant, "doc-number", "ab 124").ShouldNotBe(mark);
        index.MarkOf(Tenant, "core-number", "ab 123").ShouldNotBe(mark);
        index.MarkOf("other county", "doc-number", "ab 123").ShouldNotBe(mark);
    }

    private async Task<AesGcmSealer> SealerWithKeysAsync(params Guid[] subjects)
    {
        var sealer = new AesGcmSealer(keys, FileWrappingKey.OpenOrCreate(path), capacity: 1);
        foreach (var added in (await sealer.PrepareAsync(Tenant, subjects, TestContext.Current.CancellationToken)).Added)
            keys.Add(Tenant, added);
        return sealer;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
