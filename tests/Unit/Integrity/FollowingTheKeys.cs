using System.Text;
using CaseFlow.Api.Integrity;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Unit.Integrity;

public sealed class FollowingTheKeys
{
    private const string Origin = "caseflow/history-1";
    private static readonly DateTimeOffset At = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Ed25519CheckpointKey[] Keys = [.. Enumerable.Range(1, 4).Select(number => Ed25519CheckpointKey.Of(Encoding.ASCII.GetBytes($"key number {number} that everyone knows")))];

    [Fact]
    public void Each_key_signs_up_to_its_size_and_the_last_one_on()
    {
        var chain = Follow(Named(2, 10), Named(3, 25));

        chain.Keys.Select(key => (key.Number, key.From, key.Until, key.LastSize)).ShouldBe([(1, null, At, 10L), (2, At, At, 25L), (3, At, null, null)]);
        chain.EndsWith(Keys[2]).ShouldBeTrue();
        Opens(chain, 10, signer: 1).ShouldBeTrue();
        Opens(chain, 11, signer: 1).ShouldBeFalse();
        Opens(chain, 25, signer: 2).ShouldBeTrue();
        Opens(chain, 26, signer: 2).ShouldBeFalse();
        Opens(chain, 26, signer: 3).ShouldBeTrue();
        Opens(chain, 26, signer: 4).ShouldBeFalse();
        chain.ReplacedSignerOf(NoteOf(26, signer: 2))!.Number.ShouldBe(2);
        chain.ReplacedSignerOf(NoteOf(25, signer: 2)).ShouldBeNull();
        chain.ReplacedSignerOf(NoteOf(25, signer: 4)).ShouldBeNull("that one never was the ledger's");
        chain.SignerOf(NoteOf(10, signer: 1))!.Verifier.PublicKey.ShouldBe(Keys[0].PublicKey);
    }

    [Fact]
    public void A_statement_that_does_not_follow_is_followed_by_nobody()
    {
        ShouldBreak("key 2 of the ledger is not signed by the key before", Statement(2, 10).Sign(Keys[3], Keys[1]));
        ShouldBreak("key 2 of the ledger is not signed by the key that it names", Statement(2, 10).Sign(Keys[0], Keys[3]));
        ShouldBreak("key 2 of the ledger does not follow", Named(3, 10));
        ShouldBreak("key 3 of the ledger does not follow", Named(2, 10), (Statement(3, 20) with { Number = 4 }).Sign(Keys[1], Keys[2]));
        ShouldBreak("key 2 of the ledger is of caseflow/another", (Statement(2, 10) with { Origin = "caseflow/another" }).Sign(Keys[0], Keys[1]));
        ShouldBreak("key 2 of the ledger cannot be read", Named(2, 10).Replace("\n10\n", "\n010\n", StringComparison.Ordinal));
        ShouldBreak("key 2 of the ledger is not signed", Named(2, 10).Replace("\n10\n", "\n90\n", StringComparison.Ordinal));
        ShouldBreak("key 3 of the ledger does not follow", Named(2, 10), Named(2, 10));
        ShouldBreak(
            "key 3 of the ledger names a key that was replaced before",
            Named(2, 10), (Statement(3, 20) with { Successor = VerifierKey(1) }).Sign(Keys[1], Keys[0]));
    }

    [Fact]
    public void A_statement_is_no_checkpoint_and_a_checkpoint_is_no_statement()
    {
        SignedNote.Open(Named(2, 10), Keys[0]).ShouldBeNull();
        KeySuccession.In(NoteOf(10, signer: 1)).ShouldBeNull();
        KeySuccession.In(Named(2, 10)).ShouldBe(Statement(2, 10));
        KeySuccession.In("nothing").ShouldBeNull();
    }

    [Fact]
    public void Reads_the_public_key_that_it_writes_and_nothing_else()
    {
        Ed25519Verifier.Parse(VerifierKey(1))!.PublicKey.ShouldBe(Keys[0].PublicKey);
        Ed25519Verifier.Parse(VerifierKey(1))!.Verify([1], Keys[0].Sign([1])).ShouldBeTrue();
        Ed25519Verifier.Parse(VerifierKey(1))!.Verify([2], Keys[0].Sign([1])).ShouldBeFalse();
        var hash = VerifierKey(1).Split('+', 3)[1];
        foreach (var junk in new[] { "", "caseflow-ledger", $"another+{VerifierKey(1).Split('+', 2)[1]}", VerifierKey(1).Replace(hash, "00000000", StringComparison.Ordinal), VerifierKey(1)[..^8], $"caseflow-ledger+{hash}+!" })
            Ed25519Verifier.Parse(junk).ShouldBeNull(junk);
    }

    [Fact]
    public void The_next_key_takes_the_place_of_the_one_before_which_is_overwritten()
    {
        var directory = Directory.CreateTempSubdirectory("keys");
        var keys = new Ed25519SigningKeys(Path.Combine(directory.FullName, "ledger.key"));
        var first = keys.Current.PublicKey;
        keys.Next.ShouldBeNull();

        var next = keys.MakeNext().PublicKey;

        (keys.Current.PublicKey, keys.Next!.PublicKey, keys.MakeNext().PublicKey).ShouldSatisfyAllConditions(
            all => all.Item1.ShouldBe(first), all => all.Item2.ShouldBe(next), all => all.Item3.ShouldBe(next, "made once"));
        using (var held = new FileStream(Path.Combine(directory.FullName, "ledger.key"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            keys.PutNextInPlace();
            var bytes = new byte[held.Length];
            held.ReadExactly(bytes);
            bytes.ShouldAllBe(one => one == 0);
        }

        keys.Next.ShouldBeNull();
        keys.Current.PublicKey.ShouldBe(next);
        directory.Delete(recursive: true);
    }

    private static KeySuccession Statement(int number, long size) => new(Origin, number, size, At, VerifierKey(number - 1), VerifierKey(number));

    private static string Named(int number, long size) => Statement(number, size).Sign(Keys[number - 2], Keys[number - 1]);

    private static string VerifierKey(int number) => SignedNote.VerifierKeyOf(Keys[number - 1]);

    private static string NoteOf(long size, int signer) => SignedNote.Sign(new Checkpoint(Origin, size, MerkleHash.Empty), Keys[signer - 1]);

    private static bool Opens(KeyChain chain, long size, int signer) => chain.Open(NoteOf(size, signer))?.Size == size;

    private static KeyChain Follow(params string[] notes) => KeyChain.Follow(Origin, Keys[0], notes, Ed25519Verifier.Parse);

    private static void ShouldBreak(string why, params string[] notes) =>
        Should.Throw<KeyChainBrokenException>(() => Follow(notes)).Message.ShouldContain(why);
}
