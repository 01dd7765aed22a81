using CaseFlow.Projections.ClientSearch;

namespace CaseFlow.Unit.Clients;

public sealed class HearingNames
{
    [Theory]
    [InlineData("Catherine", "Kathryn")]
    [InlineData("Smith", "Smyth")]
    [InlineData("Smith", "Schmidt")]
    [InlineData("Philip", "Filip")]
    [InlineData("Stephen", "Steven")]
    [InlineData("John", "Jon")]
    [InlineData("Wright", "Right")]
    [InlineData("Geoffrey", "Jeffrey")]
    [InlineData("Nicholas", "Nikolas")]
    [InlineData("Michael", "Mikael")]
    [InlineData("MacDonald", "McDonald")]
    [InlineData("Gonzalez", "Gonzáles")]
    [InlineData("Thompson", "Tomson")]
    [InlineData("O'Brien", "OBRIAN")]
    [InlineData("Xavier", "Savier")]
    [InlineData("Meyer", "Maier")]
    public void Two_spellings_of_one_sound_have_one_code(string one, string other) => SoundCode.Of(one).ShouldBe(SoundCode.Of(other));

    [Theory]
    [InlineData("Smith", "Jones")]
    [InlineData("Dana", "Dora")]
    [InlineData("Erika", "Rika")]
    [InlineData("Baker", "Becker-Stone")]
    public void Another_sound_has_another_code(string one, string other) => SoundCode.Of(one).ShouldNotBe(SoundCode.Of(other));

    [Theory]
    [InlineData("Schmidt-Thompson-Wolfeschlegelstein")]
    [InlineData("Xi")]
    [InlineData("Ng")]
    public void A_code_is_never_longer_than_the_longest(string name) => SoundCode.Of(name).Length.ShouldBeInRange(1, SoundCode.Longest);

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("李")]
    public void What_has_no_letter_of_the_alphabet_has_no_code(string name) => SoundCode.Of(name).ShouldBeEmpty();
}

public sealed class ComparingNames
{
    [Theory]
    [InlineData("José  García-López", "JOSE GARCIA LOPEZ")]
    [InlineData("O'Brien", "OBRIEN")]
    [InlineData("St. John", "ST JOHN")]
    [InlineData(" dana\tdoe ", "DANA DOE")]
    [InlineData("Jose\u0301", "JOSE")]
    [InlineData("Łukasz Groß", "LUKASZ GROSS")]
    [InlineData("李 小龙", "李 小龙")]
    public void Case_accents_punctuation_and_space_do_not_count(string name, string plain) => SearchWords.Plain(name).ShouldBe(plain);

    [Fact]
    public void A_name_is_found_by_the_whole_each_word_and_its_sound() => SearchTerm.OfName("Ana María", "García-López").ShouldBe(
    [
        new(SearchKind.FullName, "ANA MARIA GARCIA LOPEZ"), new(SearchKind.FullName, "ANAMARIA GARCIALOPEZ"),
        new(SearchKind.GivenName, "ANAMARIA"), new(SearchKind.GivenSound, "ANMR"), new(SearchKind.FamilyName, "GARCIALOPEZ"), new(SearchKind.FamilySound, "KRXLPS"),
        new(SearchKind.GivenName, "ANA MARIA"), new(SearchKind.GivenName, "ANA"), new(SearchKind.GivenName, "MARIA"),
        new(SearchKind.GivenSound, "AN"), new(SearchKind.GivenSound, "MR"),
        new(SearchKind.FamilyName, "GARCIA LOPEZ"), new(SearchKind.FamilyName, "GARCIA"), new(SearchKind.FamilyName, "LOPEZ"),
        new(SearchKind.FamilySound, "KRX"), new(SearchKind.FamilySound, "LPS"),
    ], ignoreOrder: true);

    [Fact]
    public void A_name_of_single_words_has_no_more_terms_for_that() => SearchTerm.OfName("Dana", "Doe").Count.ShouldBe(5);

    [Theory]
    [InlineData("Sean", "O'Brien", "Sean", "O Brien")]
    [InlineData("Sean", "O Brien", "Sean", "O'Brien")]
    [InlineData("Sean", "O-Brien", "Sean", "OBrien")]
    [InlineData("Mary Ann", "van der Berg", "Maryann", "Vanderberg")]
    [InlineData("Maryann", "Vanderberg", "Mary Ann", "van der Berg")]
    [InlineData("Mary-Ann", "VanDerBerg", "Mary Ann", "Van Der Berg")]
    [InlineData("Binh", "Nguyễn", "Nguyen", "Bình")]
    [InlineData("Dana", "Doe", "DOE", "dana")]
    public void A_name_is_found_written_together_apart_and_the_other_way_round(string given, string family, string askedGiven, string askedFamily)
    {
        var shared = SearchTerm.OfName(given, family).Intersect(SearchTerm.OfNameAsked(askedGiven, askedFamily)).Select(term => term.Kind).ToHashSet();

        foreach (var kind in new[] { SearchKind.FullName, SearchKind.FamilyName, SearchKind.GivenName })
            shared.ShouldContain(kind);
        SearchTerm.OfName(given, null).Intersect(SearchTerm.OfNameAsked(null, family)).ShouldBeEmpty("one name alone is looked for as what it was told as");
    }

    [Fact]
    public void A_word_of_a_part_finds_the_other_way_round() => SearchTerm.OfName("Nguyễn", "Văn Bình").Intersect(SearchTerm.OfNameAsked("Binh", "Nguyen"))
        .ShouldBe([new(SearchKind.GivenName, "NGUYEN"), new(SearchKind.FamilyName, "BINH")], ignoreOrder: true);

    [Fact]
    public void The_other_way_round_nothing_is_found_by_its_sound() =>
        SearchTerm.OfName("Smith", "Kathryn").Intersect(SearchTerm.OfNameAsked("Catherine", "Smyth")).ShouldBeEmpty();

    [Fact]
    public void An_alias_is_found_written_together_too() => SearchTerm.OfAlias("Big Mac").Intersect(SearchTerm.OfAlias("BigMac")).ShouldContain(new SearchTerm(SearchKind.Alias, "BIGMAC"));

    [Fact]
    public void A_code_word_keeps_the_letters_that_its_mark_was_made_of() => (SearchWords.Plain("Nguyễn"), SearchWords.Name("Nguyễn")).ShouldBe(("NGUYỄN", "NGUYEN"));

    [Fact]
    public void A_name_without_letters_is_found_by_nothing() => SearchTerm.OfName("-", "'").ShouldBeEmpty();

    [Fact]
    public void A_birth_date_is_found_by_the_day_and_by_the_year() =>
        SearchTerm.OfBirth("1990-12-31").ShouldBe([new(SearchKind.BirthDate, "1990-12-31"), SearchTerm.OfBirthYear(1990)]);

    [Fact]
    public void A_year_alone_narrows_nothing() => Enum.GetValues<SearchKind>().Where(kind => !kind.Narrows()).ShouldBe([SearchKind.BirthYear]);
}
