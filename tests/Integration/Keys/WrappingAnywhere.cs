using System.Security.Cryptography;
using CaseFlow.Api.Keys;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Integration.Keys;

/// <summary>What every wrapping key promises, wherever it is.</summary>
public sealed class WrappingAnywhere
{
    public static TheoryData<string> Kinds => ["file", "variable", "pkcs11", "transit"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrapped_key_unwraps_only_in_its_place_and_unaltered(string kind)
    {
        await using var home = await KeyPlace.CreateAsync(kind);
        var key = home.Open();
        var dataKey = RandomNumberGenerator.GetBytes(32);

        var wrapped = key.Wrap(dataKey, "place"u8);

        key.Wrap(dataKey, "place"u8).ShouldNotBe(wrapped);
        home.Open().KeyId.ShouldBe(key.KeyId);
        home.Open().Unwrap(wrapped, "place"u8).ShouldBe(dataKey);
        Should.Throw<CryptographicException>(() => key.Unwrap(wrapped, "elsewhere"u8));
        Should.Throw<CryptographicException>(() => key.Unwrap([1], "place"u8));
        wrapped[^2] ^= 1;
        Should.Throw<CryptographicException>(() => key.Unwrap(wrapped, "place"u8));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_key_ring_opens_under_it(string kind)
    {
        await using var home = await KeyPlace.CreateAsync(kind);
        var (subject, directory) = (Guid.NewGuid(), home.Directory);
        var wrapped = KeyHome.In(directory, home.Open()).Ring.Wrap("county", subject, [7]);

        var again = KeyHome.In(directory, home.Open()).Ring;

        again.Unwrap("county", wrapped).ShouldBe([7]);
        (await File.ReadAllTextAsync(again.Path, TestContext.Current.CancellationToken)).ShouldContain(home.Open().KeyId.Split('/')[0]);
    }

    [Fact]
    public async Task A_token_that_does_not_know_the_key_or_the_pin_is_refused_at_the_start()
    {
        await using var home = await KeyPlace.CreateAsync("pkcs11");
        var module = (SoftwareModule)home;
        Should.Throw<InvalidOperationException>(() => module.Open(key: "no such key")).Message.ShouldContain("no such key");
        Should.Throw<InvalidOperationException>(() => module.Open(token: "no such token")).Message.ShouldContain("no such token");
        Should.Throw<InvalidOperationException>(() => module.Open(pin: "0000")).Message.ShouldContain("refused");
        Should.Throw<InvalidOperationException>(() => new Pkcs11WrappingKey("/no/such/library.so", "a", "b", "c")).Message.ShouldContain("cannot be loaded");
    }

    [Fact]
    public async Task What_a_token_wrapped_opens_though_another_of_its_label_is_there()
    {
        await using var one = await SoftwareModule.CreateAsync();
        await using var other = await SoftwareModule.LabelledAsync(one.Label);
        var key = one.Open();

        key.Unwrap(key.Wrap([7], "place"u8), "place"u8).ShouldBe([7]);
        Should.Throw<CryptographicException>(() => key.Unwrap(key.Wrap([7], "place"u8), "elsewhere"u8));
        other.Open().KeyId.ShouldBe(key.KeyId, "whichever of them is first");
    }

    [Fact]
    public async Task A_service_that_refuses_the_token_or_is_gone_says_so_without_saying_what_was_asked()
    {
        await using var home = await KeyPlace.CreateAsync("transit");
        var service = (TransitService)home;
        using (var stranger = service.Open("another token"))
            Should.Throw<SealBrokenException>(() => stranger.Wrap([1, 2, 3], "place"u8)).Message.ShouldContain("403");
        using var known = service.Open("the token");
        await service.StopAsync();
        Should.Throw<SealBrokenException>(() => known.Wrap([1, 2, 3], "place"u8)).Message.ShouldContain("does not answer");
    }
}
