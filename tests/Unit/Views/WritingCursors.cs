using CaseFlow.EventStore.Views;

namespace CaseFlow.Unit.Views;

public sealed class WritingCursors
{
    private static readonly ViewCursors Cursors = new([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);
    private static readonly ViewCursor Cursor =
        new(new(42, new DateTimeOffset(2031, 1, 2, 3, 4, 5, TimeSpan.Zero)), ["2031-01-02 00:00:00+00", "ä"], "key/1");

    [Fact]
    public void Reads_back_what_was_written()
    {
        Cursors.TryRead(Cursors.Write(Cursor, "notes by due"), "notes by due", out var read).ShouldBeTrue();

        read!.At.ShouldBe(Cursor.At);
        read.SortValues.ShouldBe(Cursor.SortValues);
        read.Key.ShouldBe(Cursor.Key);
    }

    [Fact]
    public void Is_no_cursor_of_another_question_or_another_key()
    {
        var text = Cursors.Write(Cursor, "notes by due");

        Cursors.TryRead(text, "notes by value", out _).ShouldBeFalse();
        new ViewCursors(new byte[32]).TryRead(text, "notes by due", out _).ShouldBeFalse();
    }

    [Fact]
    public void Is_no_cursor_when_any_character_was_changed()
    {
        var text = Cursors.Write(Cursor, "q");
        for (var n = 0; n < text.Length; n++)
        {
            foreach (var other in "Aa0_=!")
            {
                if (other != text[n])
                    Cursors.TryRead($"{text[..n]}{other}{text[(n + 1)..]}", "q", out _).ShouldBeFalse($"{other} at {n}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a cursor")]
    public void Is_no_cursor_when_it_is_something_else(string text) => Cursors.TryRead(text, "q", out _).ShouldBeFalse();
}
