using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Imports;

public sealed class MappingIncidents
{
    [Fact]
    public void An_ordinary_row_is_a_report_by_the_police()
    {
        var report = Accepted();

        report.ExternalId.ShouldBe("9670/7600");
        report.Notes.ShouldBeEmpty();
        report.Command.OverdoseId.ShouldBe(StreamIds.ImportedOverdose("dauphin", "pa-overdose-incidents", "9670/7600"));
        report.Command.ClientId.ShouldBeNull();
        report.Command.Source.ShouldBe(OverdoseSource.Police);
        report.Command.Note.ShouldBeNull();
        report.Command.Details.ShouldBe(new OverdoseDetails(
            Fatality.NonFatal, Certainty.Suspected, ["cocaine", "heroin"], NaloxoneGiven: true, NaloxoneDoses: null, "PA-045 Delaware",
            new PersonDescription("Male", "50-59", "White", "Not Hispanic")));
    }

    [Fact]
    public void A_time_is_known_to_the_minute_and_was_learned_by_the_import() =>
        Accepted().Command.When.ShouldBe(new When(Utc(2019, 6, 1, 22, 32), TimePrecision.Minute, Incidents.Now));

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("NULL")]
    [InlineData("")]
    public void Midnight_is_a_time_unknown_and_the_whole_local_day(string time)
    {
        var report = Accepted(("incident_time", time));

        report.Command.When.ShouldBe(new When(Utc(2019, 6, 1, 4, 0), TimePrecision.Day, Incidents.Now, Utc(2019, 6, 2, 4, 0)));
        report.Notes.ShouldBe([new RowNote("incident_time", RowNote.Unknown)]);
    }

    [Fact]
    public void A_day_on_which_the_clocks_change_is_as_long_as_it_was()
    {
        var day = Accepted(("incident_date", "2019-03-10"), ("incident_time", "00:00:00")).Command.When;

        (day.OccurredUntil - day.OccurredAt).ShouldBe(TimeSpan.FromHours(23));
    }

    [Fact]
    public void A_time_just_after_midnight_is_a_time() =>
        Accepted(("incident_time", "00:00:17")).Command.When.Precision.ShouldBe(TimePrecision.Minute);

    [Fact]
    public void A_time_that_came_twice_is_an_estimate_of_the_first()
    {
        var report = Accepted(("incident_date", "2018-11-04"), ("incident_time", "01:32:00"));

        report.Command.When.ShouldBe(new When(Utc(2018, 11, 4, 5, 32), TimePrecision.Estimated, Incidents.Now));
        report.Notes.ShouldBe([new RowNote("incident_time", RowNote.TwiceThatNight)]);
    }

    [Fact]
    public void A_time_that_the_clocks_skipped_never_was() =>
        Rejected(("incident_date", "2019-03-10"), ("incident_time", "02:30:00")).ShouldBe(("time-skipped", "incident_time"));

    [Theory]
    [InlineData("31/01/2018", "date-unreadable")]
    [InlineData("2018-02-30", "date-unreadable")]
    [InlineData("", "date-unreadable")]
    [InlineData("1989-12-31", "date-too-early")]
    [InlineData("2026-03-04", "date-in-future")]
    [InlineData("9999-12-31", "date-in-future")]
    public void A_date_that_cannot_be_is_rejected(string date, string code) =>
        Rejected(("incident_date", date)).ShouldBe((code, "incident_date"));

    [Theory]
    [InlineData("25:00:00", "time-unreadable")]
    [InlineData("6 pm", "time-unreadable")]
    public void A_time_that_cannot_be_is_rejected(string time, string code) =>
        Rejected(("incident_time", time)).ShouldBe((code, "incident_time"));

    [Fact]
    public void A_time_later_today_is_rejected_and_today_without_a_time_is_not()
    {
        Rejected(("incident_date", "2026-03-03"), ("incident_time", "11:06:00")).ShouldBe(("date-in-future", "incident_time"));
        Accepted(("incident_date", "2026-03-03"), ("incident_time", "00:00:00"));
    }

    [Theory]
    [InlineData("Y", Fatality.NonFatal)]
    [InlineData("N", Fatality.Fatal)]
    [InlineData("U", Fatality.Unknown)]
    [InlineData("NA", Fatality.Unknown)]
    public void Survived_says_whether_it_was_fatal(string survived, Fatality fatality) =>
        Accepted(("survived", survived)).Command.Details.Fatality.ShouldBe(fatality);

    [Fact]
    public void Naloxone_that_did_not_work_is_no_death()
    {
        var details = Accepted(("response_time", "DID NOT WORK"), ("survived", "U")).Command.Details;

        details.Fatality.ShouldBe(Fatality.Unknown);
        details.NaloxoneGiven.ShouldBe(true);
        details.NaloxoneDoses.ShouldBeNull();
    }

    [Theory]
    [InlineData("<1 MINUTE")]
    [InlineData("1-3 MINUTES")]
    [InlineData("3-5 MINUTES")]
    [InlineData(">5 MINUTES")]
    public void Naloxone_not_given_and_its_effect_contradict_each_other(string response) =>
        Rejected(("naloxone_administered", "N"), ("response_time", response)).ShouldBe(("naloxone-contradiction", "response_time"));

    [Theory]
    [InlineData("NA")]
    [InlineData("DON'T KNOW")]
    [InlineData("DID NOT WORK")]
    public void No_effect_contradicts_nothing(string response) =>
        Accepted(("naloxone_administered", "N"), ("response_time", response)).Command.Details.NaloxoneGiven.ShouldBe(false);

    [Fact]
    public void Unknown_naloxone_stays_unknown()
    {
        var report = Accepted(("naloxone_administered", "U"));

        report.Command.Details.NaloxoneGiven.ShouldBeNull();
        report.Notes.ShouldBe([new RowNote("naloxone_administered", RowNote.Unknown)]);
    }

    [Theory]
    [InlineData("naloxone_administered", "maybe", "naloxone-unreadable")]
    [InlineData("survived", "maybe", "survived-unreadable")]
    [InlineData("suspected_drugs", "heroin;moonshine", "drug-not-listed")]
    [InlineData("incident_id", "", "incident-id")]
    [InlineData("incident_id", "12/3", "incident-id")]
    [InlineData("victim_id", "=1+1", "victim-id")]
    [InlineData("county", "Atlantis", "county-unknown")]
    [InlineData("county_fips", "002", "county-unknown")]
    [InlineData("county_fips", "003", "county-mismatch")]
    [InlineData("age_range", "39 - 30", "age-impossible")]
    [InlineData("age_range", "190 - 199", "age-impossible")]
    public void A_row_that_cannot_be_true_is_rejected(string column, string value, string code) =>
        Rejected((column, value)).ShouldBe((code, column));

    [Theory]
    [InlineData("Delaware", "NULL")]
    [InlineData("Unknown", "045")]
    [InlineData("delaware", "45")]
    public void Name_or_code_is_enough_for_the_county(string county, string fips) =>
        Accepted(("county", county), ("county_fips", fips)).Command.Details.Area.ShouldBe("PA-045 Delaware");

    [Fact]
    public void Every_county_has_its_code()
    {
        PennsylvaniaCounties.ByCode.Count.ShouldBe(67);
        PennsylvaniaCounties.ByCode["083"].ShouldBe("PA-083 McKean");
        PennsylvaniaCounties.ByName["York"].ShouldBe("PA-133 York");
    }

    [Theory]
    [InlineData("unknown", new string[0], RowNote.Unknown)]
    [InlineData("", new string[0], RowNote.Unknown)]
    [InlineData("heroin;unknown", new[] { "heroin" }, RowNote.PartlyUnknown)]
    public void An_unknown_substance_is_no_substance(string drugs, string[] recorded, string note)
    {
        var report = Accepted(("suspected_drugs", drugs));

        report.Command.Details.Substances.ShouldBe(recorded);
        report.Notes.ShouldBe([new RowNote("suspected_drugs", note)]);
    }

    [Fact]
    public void A_substance_is_recorded_once_by_its_code() =>
        Accepted(("suspected_drugs", "fentanyl-analog/other-synthetic-opioid;heroin; heroin")).Command.Details.Substances
            .ShouldBe(["fentanyl-analogue", "heroin"]);

    [Theory]
    [InlineData("ethnicity", "Mongolian", RowNote.NotListed)]
    [InlineData("ethnicity", "Unknown", RowNote.Unknown)]
    [InlineData("gender", "Unknown", RowNote.Unknown)]
    [InlineData("race", "Martian", RowNote.NotListed)]
    [InlineData("age_range", "NA", RowNote.Unknown)]
    [InlineData("age_range", "35 - 44", RowNote.NotListed)]
    public void What_describes_the_person_is_known_from_a_list_or_not_at_all(string column, string value, string note)
    {
        var report = Accepted((column, value));

        report.Notes.ShouldBe([new RowNote(column, note)]);
        var person = report.Command.Details.Person!;
        new[] { person.Gender, person.AgeRange, person.Race, person.Ethnicity }.Count(known => known is null).ShouldBe(1);
    }

    [Fact]
    public void The_open_age_range_is_kept() =>
        Accepted(("age_range", "80 - *")).Command.Details.Person!.AgeRange.ShouldBe("80+");

    [Fact]
    public void A_person_of_whom_nothing_is_known_has_no_description() =>
        Accepted(("gender", "Unknown"), ("age_range", "NULL"), ("race", "Unknown"), ("ethnicity", "Unknown")).Command.Details.Person
            .ShouldBeNull();

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static IncidentReport Accepted(params (string Column, string Value)[] changes)
    {
        var reading = IncidentRules.Read(Incidents.Row(changes), Incidents.Terms);
        reading.Rejected.ShouldBeNull();
        ReportOverdose.Decide(reading.Report!.Command, OverdoseState.Initial, Incidents.Now).Rejection.ShouldBeNull();
        return reading.Report;
    }

    private static (string Code, string? Field) Rejected(params (string Column, string Value)[] changes)
    {
        var rejected = IncidentRules.Read(Incidents.Row(changes), Incidents.Terms).Rejected.ShouldNotBeNull();
        return (rejected.Code, rejected.Field);
    }
}
