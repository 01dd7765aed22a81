using System.Text;
using System.Text.Json;
using CaseFlow.Api.Http;
using CaseFlow.Api.Touchpoints;

namespace CaseFlow.Unit.Http;

/// <summary>Intelligence never enters a client's record: whoever marks content as law-enforcement-sensitive is told where it belongs.</summary>
public sealed class RefusingSensitiveContent
{
    [Theory]
    [InlineData("""{"lawEnforcementSensitive":true,"note":"seen at the corner"}""")]
    [InlineData("""{"note":"seen","filedAs":{"law_enforcement_sensitive":"yes"}}""")]
    [InlineData("""{"sensitivity":"LE_SENSITIVE"}""")]
    [InlineData("""{"sensitivity":"law-enforcement-sensitive"}""")]
    [InlineData("""{"labels":["CJI","LE_SENSITIVE"]}""")]
    [InlineData("""{"label":"CJI,le_sensitive"}""")]
    [InlineData("""{"note":"LE_SENSITIVE: an informant says"}""")]
    [InlineData("""{"note":"LAW ENFORCEMENT SENSITIVE // an informant says"}""")]
    [InlineData("""{"when":{"more":[[{"labels":["LE_SENSITIVE"]}]]}}""")]
    public void Refuses_whatever_is_marked_wherever_the_marker_stands(string body)
    {
        var problem = RequestShape.Check(Encoding.UTF8.GetBytes(body), typeof(CoachRequest), out _).ShouldNotBeNull();

        problem.Code.ShouldBe("law-enforcement-sensitive");
        problem.Status.ShouldBe(422);
        problem.Detail!.ShouldContain("investigator");
    }

    [Theory]
    [InlineData("""{"note":"The police were there, and it is law enforcement sensitive they say."}""")]
    [InlineData("""{"note":"An informant told the police."}""")]
    public void Guesses_nothing_from_what_a_text_is_about(string body) => RequestShape.Check(Encoding.UTF8.GetBytes(body), typeof(CoachRequest), out _).ShouldBeNull();

    [Theory]
    [InlineData("""{"lawEnforcementSensitive":false}""", false)]
    [InlineData("""{"sensitivity":"normal"}""", false)]
    [InlineData("""{"labels":["CJI"]}""", false)]
    [InlineData("""{"labels":null}""", false)]
    [InlineData("""[{"labels":["LE-SENSITIVE"]}]""", true)]
    public void Knows_the_marker_from_what_is_none(string body, bool marked) =>
        SensitiveContent.IsMarked(JsonDocument.Parse(body).RootElement).ShouldBe(marked);
}
