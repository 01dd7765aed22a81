using System.Text;
using CaseFlow.Api.Integrity;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Unit.Integrity;

public sealed class SigningCheckpoints
{
    private static readonly Ed25519CheckpointKey Key = Ed25519CheckpointKey.Of(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    private static readonly Checkpoint Stated = new("caseflow/history-1", 4711, MerkleHash.Empty);

    [Fact]
    public void Signs_as_RFC_8032_says()
    {
        Convert.ToHexStringLower(Key.PublicKey).ShouldBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        Convert.ToHexStringLower(Key.Sign([])).ShouldBe(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        Key.Verify([], Key.Sign([])).ShouldBeTrue();
        Key.Verify([1], Key.Sign([])).ShouldBeFalse();
        Key.Verify([], Key.Sign([])[..63]).ShouldBeFalse();
    }

    [Fact]
    public void Writes_the_note_that_others_read()
    {
        var note = SignedNote.Sign(Stated, Key);

        var lines = note.Split('\n');
        lines[..4].ShouldBe(["caseflow/history-1", "4711", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", ""]);
        lines[4].ShouldStartWith("— caseflow-ledger ");
        lines[5].ShouldBeEmpty();
        lines.Length.ShouldBe(6);
        Convert.FromBase64String(lines[4].Split(' ')[2]).Length.ShouldBe(4 + 64);
        var verifier = SignedNote.VerifierKeyOf(Key).Split('+', 3);
        verifier[0].ShouldBe("caseflow-ledger");
        verifier[1].ShouldBe(Convert.ToHexStringLower(Convert.FromBase64String(lines[4].Split(' ')[2])[..4]));
        Convert.FromBase64String(verifier[2]).ShouldBe([1, .. Key.PublicKey]);
        var opened = SignedNote.Open(note, Key)!;
        (opened.Origin, opened.Size).ShouldBe((Stated.Origin, Stated.Size));
        opened.Root.ShouldBe(Stated.Root);
    }

    [Fact]
    public void Opens_nothing_that_was_changed_or_that_another_signed()
    {
        var note = SignedNote.Sign(Stated, Key);
        var other = Ed25519CheckpointKey.Of(Encoding.ASCII.GetBytes("an example key, known to anybody"));

        SignedNote.Open(SignedNote.Sign(Stated, other), Key).ShouldBeNull();
        SignedNote.Open(note.Replace("4711", "4712", StringComparison.Ordinal), Key).ShouldBeNull();
        SignedNote.Open(note.Replace("history-1", "history-2", StringComparison.Ordinal), Key).ShouldBeNull();
        for (var at = 0; at < note.Length; at++)
        {
            var changed = note.ToCharArray();
            changed[at] = changed[at] == 'x' ? 'z' : 'x';
            SignedNote.Open(new string(changed), Key).ShouldBeNull($"character {at}");
        }

        foreach (var junk in new[] { "", "\n\n", note[..^20], Stated.Text, Stated.Text + "\n", "—\n\n— caseflow-ledger !\n" })
            SignedNote.Open(junk, Key).ShouldBeNull();
        SignedNote.Open(SignedNote.Sign(Stated, other) + note.Split('\n')[4] + "\n", Key)!.Size.ShouldBe(4711, "others may sign beside it");
    }

    [Theory]
    [InlineData("")]
    [InlineData("origin\n1\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n1\nAAAA\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void Reads_no_checkpoint_where_there_is_none(string text) => Checkpoint.Parse(text).ShouldBeNull();

    [Fact]
    public void Keeps_its_key_in_a_file_for_its_owner_alone()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ledger").FullName, "keys", "ledger.key");

        var made = Ed25519CheckpointKey.In(path);
        File.Exists(path).ShouldBeFalse("nobody has signed yet");
        Ed25519CheckpointKey.In(path).Verify([1, 2], made.Sign([1, 2])).ShouldBeTrue();
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Should.Throw<InvalidOperationException>(() => Ed25519CheckpointKey.In(path).PublicKey).Message.ShouldContain("can be read by others");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(path, "c2hvcnQ=");
        Should.Throw<InvalidOperationException>(() => Ed25519CheckpointKey.In(path).PublicKey).Message.ShouldContain("does not hold 32 bytes");
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(path))!, recursive: true);
    }
}
