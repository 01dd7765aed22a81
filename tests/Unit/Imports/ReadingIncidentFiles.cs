using System.Text;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Imports;

namespace CaseFlow.Unit.Imports;

public sealed class ReadingIncidentFiles
{
    [Fact]
    public void A_byte_order_mark_CRLF_and_blank_lines_change_nothing()
    {
        var file = "\uFEFF" + Incidents.File(Incidents.Line(), "", Incidents.Line(("victim_id", "7601")), "").Replace("\n", "\r\n", StringComparison.Ordinal);

        Incidents.Read(file).Select(line => (line.Row!.Line, line.Row.VictimId)).ShouldBe([(2, "7600"), (4, "7601")]);
    }

    [Fact]
    public void Columns_come_in_any_order_and_further_ones_are_not_read()
    {
        var columns = IncidentColumns.All.Reverse().ToList();
        var values = Incidents.Row().Values.Reverse();
        var file = $"note,{string.Join(',', columns).ToUpperInvariant()}\n\"free, text\",{string.Join(',', values)}\n";

        Incidents.Read(file).ShouldHaveSingleItem().Row!.Values.ShouldBe(Incidents.Row().Values);
    }

    [Fact]
    public void A_quoted_value_may_hold_commas_quotes_and_newlines()
    {
        var lines = Incidents.Read(Incidents.File(Incidents.Line(("race", "\"a, \"\"b\"\"\nc\"")), Incidents.Line(("victim_id", "7601"))));

        lines[0].Row!.Race.ShouldBe("a, \"b\"\nc");
        lines[1].Row!.Line.ShouldBe(4);
    }

    [Fact]
    public void A_quote_never_closed_costs_its_own_line_only()
    {
        var lines = Incidents.Read(Incidents.File(
            Incidents.Line(("race", "\"open")), Incidents.Line(("victim_id", "7601")), Incidents.Line(("victim_id", "7602"))));

        Of(lines[0]).ShouldBe((2, "quote-not-closed"));
        lines.Skip(1).Select(line => line.Row!.VictimId).ShouldBe(["7601", "7602"]);
    }

    [Theory]
    [InlineData("law_enforcement_sensitive", "Y")]
    [InlineData("Law Enforcement Sensitive", "true")]
    [InlineData("labels", "CJI;LE_SENSITIVE")]
    [InlineData("sensitivity", "le-sensitive")]
    [InlineData("note", "LE_SENSITIVE: seen at the corner")]
    [InlineData("note", "LE_SENSITIVE, and so a field too many")]
    public void A_law_enforcement_sensitive_line_is_refused_and_nothing_of_it_kept(string column, string value)
    {
        var row = Incidents.Line();
        var lines = Incidents.Read($"{string.Join(',', IncidentColumns.All)},{column}\n{row},{value}\n{row},\n");

        Of(lines[0]).ShouldBe((2, "law-enforcement-sensitive"));
        lines[0].Rejected!.Content!.ShouldBeEmpty();
        lines[1].Row.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a\"b", "bad-quotes")]
    [InlineData("\"a\"b", "bad-quotes")]
    [InlineData("a\0b", "control-character")]
    [InlineData("a\u001b[2Jb", "control-character")]
    [InlineData("a\rb", "control-character")]
    [InlineData("a,b", "field-count")]
    public void A_broken_line_is_told_and_the_next_one_read(string race, string code)
    {
        var lines = Incidents.Read(Incidents.File(Incidents.Line(("race", race)), Incidents.Line()));

        Of(lines[0]).ShouldBe((2, code));
        lines[1].Row.ShouldNotBeNull();
    }

    [Fact]
    public void A_line_that_is_not_UTF8_is_told_and_the_next_one_read()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(Incidents.File("")), .. Encoding.Latin1.GetBytes(Incidents.Line(("race", "Métis"))), (byte)'\n', .. Encoding.UTF8.GetBytes(Incidents.Line(("race", "Métis")))];

        var lines = Incidents.Read(file);

        Of(lines[0]).ShouldBe((2, "not-utf8"));
        lines[1].Row!.Race.ShouldBe("Métis");
    }

    [Fact]
    public void A_value_of_ten_megabytes_is_told_and_the_next_line_read()
    {
        var lines = Incidents.Read(Incidents.File(
            Incidents.Line(("race", new string('x', 10_000_000))), Incidents.Line(("race", $"\"{new string('y', 10_000_000)}\"")), Incidents.Line(("race", new string('z', 201))), Incidents.Line()));

        lines.Take(3).Select(Of).ShouldBe([(2, "line-too-long"), (3, "line-too-long"), (4, "field-too-long")]);
        lines[0].Rejected!.Content!.Length.ShouldBe(RejectedRow.MostContent);
        lines[3].Row.ShouldNotBeNull();
    }

    [Fact]
    public void A_formula_stays_text_and_is_no_number_of_anything()
    {
        var line = Incidents.Read(Incidents.File(Incidents.Line(("victim_id", "=cmd|' /C calc'!A1")))).ShouldHaveSingleItem();

        line.Row!.VictimId.ShouldBe("=cmd|' /C calc'!A1");
        IncidentRules.Read(line.Row, Incidents.Terms).Rejected!.Code.ShouldBe("victim-id");
    }

    [Fact]
    public void A_rejection_says_nothing_of_the_line()
    {
        var rejected = Incidents.Read(Incidents.File(Incidents.Line(("race", "Jane Planted\0")))).ShouldHaveSingleItem().Rejected!;

        rejected.ToString().ShouldNotContain("Planted");
        rejected.Reason.ShouldNotContain("Planted");
        rejected.Content!.ShouldContain("Planted");
    }

    [Fact]
    public void A_missing_column_stops_with_one_sentence() =>
        Stops(Incidents.Header.Replace(",survived", "", StringComparison.Ordinal)).ShouldBe(
            "The first line of incidents.csv lacks survived; it names the columns, separated by commas.");

    [Theory]
    [InlineData("", "incidents.csv is empty.")]
    [InlineData("\n\n", "incidents.csv is empty.")]
    [InlineData("\"open", "no line of column names")]
    public void A_file_without_a_first_line_stops_with_one_sentence(string file, string message) => Stops(file).ShouldContain(message);

    [Fact]
    public void A_column_named_twice_stops() => Stops(Incidents.Header + ",survived").ShouldEndWith("names survived twice.");

    [Fact]
    public void UTF16_stops_with_the_way_out() =>
        Should.Throw<CannotRunException>(() => Incidents.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Incidents.File())]))
            .Message.ShouldEndWith("is written in UTF-16: save it as UTF-8.");

    [Fact]
    public void A_directory_and_a_missing_file_stop()
    {
        Should.Throw<CannotRunException>(() => IncidentRowReader.Open(Path.GetTempPath())).Message.ShouldEndWith("is a directory, not a file.");
        Should.Throw<CannotRunException>(() => IncidentRowReader.Open("/nowhere/incidents.csv")).Message.ShouldStartWith("There is no file");
    }

    private static (int Line, string Code) Of(IncidentLine line) => (line.Rejected!.Line, line.Rejected.Code);

    private static string Stops(string file) => Should.Throw<CannotRunException>(() => Incidents.Read(file)).Message;
}
