using CaseFlow.Api.Http;

namespace CaseFlow.Unit.Http;

/// <summary>A file that a spreadsheet opens must be neither broken nor run by what somebody wrote.</summary>
public sealed class WritingCsv
{
    [Fact]
    public void Quotes_every_cell_and_ends_every_line_with_crlf() =>
        Csv.Text([["a", "b"], ["1, 2", "say \"no\""], [null, "two\r\nlines"]])
            .ShouldBe("\"a\",\"b\"\r\n\"1, 2\",\"say \"\"no\"\"\"\r\n\"\",\"two\r\nlines\"\r\n");

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData(" =1")]
    [InlineData("\u00a0@x")]
    [InlineData("\uff1d1")]
    [InlineData("%0A=1")]
    public void Never_lets_a_cell_begin_a_formula(string words) => Csv.Text([[words]]).ShouldBe($"\"'{words}\"\r\n");

    [Theory]
    [InlineData("Dr. O'Neil")]
    [InlineData("a=b")]
    [InlineData("2026-03-03")]
    public void Leaves_other_words_as_they_are(string words) => Csv.Text([[words]]).ShouldBe($"\"{words}\"\r\n");
}
