using System.Runtime.Versioning;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Unit.EventStore;

public sealed class KeepingTheKeyRing : IDisposable
{
    private const string Tenant = "county";
    private readonly string directory = Directory.CreateTempSubdirectory("ring").FullName;
    private readonly FileWrappingKey old;
    private readonly FileWrappingKey fresh;

    public KeepingTheKeyRing()
    {
        old = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "old.key"));
        fresh = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "new.key"));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void It_is_its_owners_alone_and_holds_nothing_readable()
    {
        var ring = Ring(old);
        var id = ring.Id;
        File.GetUnixFileMode(ring.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Ring(old).Id.ShouldBe(id);
        Should.Throw<SealBrokenException>(() => Ring(fresh).Id).Message.ShouldContain(old.KeyId);
    }

    [Fact]
    public void A_key_wrapped_by_one_node_unwraps_on_another_and_in_no_other_place()
    {
        var (subject, key) = (Guid.NewGuid(), new byte[] { 1, 2, 3 });
        var wrapped = Ring(old).Wrap(Tenant, subject, key);
        Ring(old).Unwrap(Tenant, wrapped).ShouldBe(key);
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => Ring(old).Unwrap(Tenant, wrapped with { SubjectId = Guid.NewGuid() }));
        Should.Throw<KeysUnreadableException>(() => Ring(old).Unwrap(Tenant, wrapped with { WrappingKeyId = $"ring:{Guid.NewGuid():N}/1" }));
    }

    [Fact]
    public void Who_was_erased_before_an_epoch_began_is_in_it_as_little()
    {
        var (gone, stays) = (Guid.NewGuid(), Guid.NewGuid());
        var ring = Ring(old);
        ring.Destroy([(Tenant, gone)]);

        ring.BeginEpoch(() => [(Tenant, gone)]);

        ring.IsDestroyed(Tenant, gone).ShouldBeTrue();
        Should.Throw<KeyDestroyedException>(() => ring.Wrap(Tenant, gone, [1]));
        ring.Unwrap(Tenant, ring.Wrap(Tenant, stays, [2])).ShouldBe([2]);
    }

    [Fact]
    public void What_was_destroyed_is_wrapped_and_unwrapped_in_no_epoch_by_nobody()
    {
        var (gone, stays) = (Guid.NewGuid(), Guid.NewGuid());
        var ring = Ring(old);
        WrappedDataKey[] before = [ring.Wrap(Tenant, gone, [1]), ring.Wrap(Tenant, stays, [2])];
        ring.BeginEpoch();
        WrappedDataKey[] after = [ring.Wrap(Tenant, gone, [1]), ring.Wrap(Tenant, stays, [2])];

        ring.Destroy([(Tenant, gone)]);

        foreach (var node in new[] { ring, Ring(old) })
        {
            foreach (var wrapped in new[] { before[0], after[0] })
                Should.Throw<KeyDestroyedException>(() => node.Unwrap(Tenant, wrapped)).SubjectId.ShouldBe(gone);
            Should.Throw<KeyDestroyedException>(() => node.Wrap(Tenant, gone, [1]));
            node.Unwrap(Tenant, before[1]).ShouldBe([2]);
            node.Unwrap(Tenant, after[1]).ShouldBe([2]);
        }
    }

    [Fact]
    public void A_node_meets_an_epoch_that_another_began()
    {
        var (one, other) = (Ring(old), Ring(old));
        var subject = Guid.NewGuid();
        one.Epoch.ShouldBe(1);
        other.BeginEpoch();
        one.Unwrap(Tenant, other.Wrap(Tenant, subject, [4])).ShouldBe([4]);
        one.Epoch.ShouldBe(2);
    }

    [Fact]
    public void A_new_epoch_is_wrapped_by_the_new_key_and_earlier_ones_stay_until_they_are_forgotten()
    {
        var subject = Guid.NewGuid();
        var first = Ring(old).Wrap(Tenant, subject, [5]);
        var rotated = Ring(fresh, old);
        rotated.BeginEpoch();

        var later = Ring(fresh);
        later.Unwrap(Tenant, first).ShouldBe([5]);
        Should.Throw<SealBrokenException>(() => Ring(old).Id);

        later.ForgetEpochsBefore(later.Epoch);
        Should.Throw<KeysUnreadableException>(() => later.Unwrap(Tenant, first));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_copy_that_a_kill_left_beside_it_goes_with_the_next_change_or_the_next_start(bool byChange)
    {
        var ring = Ring(old);
        var (gone, place) = (Guid.NewGuid(), Path.GetDirectoryName(ring.Path)!);
        var wrapped = ring.Wrap(Tenant, gone, [1]);
        var (left, other) = (Path.Combine(place, $".{Path.GetFileName(ring.Path)}.{Guid.NewGuid():N}"), Path.Combine(place, $".{Path.GetFileName(ring.Path)}.notes"));
        File.Copy(ring.Path, left);
        File.WriteAllText(other, "somebody's own");

        if (byChange)
            ring.Destroy([(Tenant, gone)]);
        else
            Ring(old).DropLeftovers();

        File.Exists(left).ShouldBeFalse("it would open what is destroyed since");
        File.Exists(other).ShouldBeTrue();
        if (!byChange)
            Ring(old).Unwrap(Tenant, wrapped).ShouldBe([1]);
    }

    [Fact]
    public async Task Nodes_that_begin_at_once_agree_on_one_ring_and_leave_nothing_beside_it()
    {
        var rings = Enumerable.Range(0, 12).Select(_ => Ring(old)).ToList();
        var ids = await Task.WhenAll(rings.Select(ring => Task.Run(() => ring.Id)));
        ids.Distinct().ShouldHaveSingleItem();
        Directory.EnumerateFiles(Path.GetDirectoryName(rings[0].Path)!, $".{Path.GetFileName(rings[0].Path)}.*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nodes_that_destroy_at_once_lose_nothing_of_each_other()
    {
        _ = Ring(old).Id;
        Guid[] gone = [.. Enumerable.Range(0, 12).Select(_ => Guid.NewGuid())];
        await Task.WhenAll(gone.Select(subject => Task.Run(() => Ring(old).Destroy([(Tenant, subject)]))));
        gone.ShouldAllBe(subject => Ring(old).IsDestroyed(Tenant, subject));
        Ring(old).IsDestroyed(Tenant, Guid.NewGuid()).ShouldBeFalse();
    }

    [Fact]
    public void An_altered_ring_does_not_open()
    {
        var ring = Ring(old);
        var name = ring.CurrentName;
        File.WriteAllText(ring.Path, File.ReadAllText(ring.Path).Replace("\"Epoch\":1", "\"Epoch\":2", StringComparison.Ordinal).Replace("\"1\":", "\"2\":", StringComparison.Ordinal));
        Should.Throw<SealBrokenException>(ring.Reload);
        ring.CurrentName.ShouldBe(name);
        File.WriteAllText(ring.Path, "");
        Should.Throw<SealBrokenException>(() => Ring(old).Id);
    }

    private KeyRing Ring(IWrappingKey current, params IWrappingKey[] previous) =>
        new(Path.Combine(directory, "keys.ring"), new WrappingKeys(current, previous));
}
