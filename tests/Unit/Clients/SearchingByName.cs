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
        new(SearchKind.FullName, "ANA MARIA GARCIA LOPEZ"),
        new(SearchKind.GivenName, "ANA MARIA"), new(SearchKind.GivenName, "ANA"), new(SearchKind.GivenName, "MARIA"),
        new(SearchKind.GivenSound, "AN"), new(SearchKind.GivenSound, "MR"),
        new(SearchKind.FamilyName, "GARCIA LOPEZ"), new(SearchKind.FamilyName, "GARCIA"), new(SearchKind.FamilyName, "LOPEZ"),
        new(SearchKind.FamilySound, "KRX"), new(SearchKind.FamilySound, "LPS"),
    ], ignoreOrder: true);

    [Fact]
    public void A_name_without_letters_is_found_by_nothing() => SearchTerm.OfName("-", "'").ShouldBeEmpty();

    [Fact]
    public void A_birth_date_is_found_by_the_day_and_by_the_year() =>
        SearchTerm.OfBirth("1990-12-31").ShouldBe([new(SearchKind.BirthDate, "1990-12-31"), SearchTerm.OfBirthYear(1990)]);

    [Fact]
    public void A_year_alone_narrows_nothing() => Enum.GetValues<SearchKind>().Where(kind => !kind.Narrows()).ShouldBe([SearchKind.BirthYear]);
}
