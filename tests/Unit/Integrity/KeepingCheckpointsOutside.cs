using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Unit.Integrity;

public sealed class KeepingCheckpointsOutside : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("checkpoints").FullName;

    private CheckpointFile Outside => new(Path.Combine(directory, "copies", "checkpoints.jsonl"));

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Gives_back_what_was_added_in_its_order()
    {
        Outside.Read().ShouldBeEmpty();
        Outside.Last().ShouldBeNull();

        for (var number = 1; number <= 200; number++)
            Outside.Add(Signed(number));

        Outside.Read().ShouldBe(Enumerable.Range(1, 200).Select(Signed));
        Outside.Last().ShouldBe(Signed(200));
        File.ReadAllLines(Outside.Path).Length.ShouldBe(200);
    }

    [Fact]
    public void What_a_crash_left_half_written_is_none_and_is_written_over()
    {
        Outside.Add(Signed(1));
        File.AppendAllText(Outside.Path, """{"at":"2026-03-0""");

        Outside.Read().ShouldBe([Signed(1)]);
        Outside.Last().ShouldBe(Signed(1));
        Outside.Add(Signed(2));

        Outside.Read().ShouldBe([Signed(1), Signed(2)]);
    }

    [Fact]
    public void A_line_that_is_no_checkpoint_is_said_and_not_passed_over()
    {
        Outside.Add(Signed(1));
        File.AppendAllText(Outside.Path, "nothing\n");
        Should.Throw<InvalidDataException>(() => Outside.Last());
        Outside.Add(Signed(2));

        Should.Throw<InvalidDataException>(() => Outside.Read().ToList()).Message.ShouldContain("Line 2");
        Outside.Last().ShouldBe(Signed(2));
    }

    private static SignedCheckpoint Signed(int number) => new(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero).AddMinutes(number), $"note {number}\n\n— signed\n");
}
