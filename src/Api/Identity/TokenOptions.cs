using System.CommandLine;
using System.CommandLine.Parsing;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Identity;

/// <summary>
/// The options of the command <c>token</c>, and the token they ask for:
/// <c>token --role agent --name agent-1 --agency doc --office north --jurisdiction demo --hours 12</c>.
/// </summary>
public sealed class TokenOptions
{
    private readonly Option<string> role = new("--role") { Description = $"One of {string.Join(", ", EnumNames.AllKebab<Role>())}.", Required = true };
    private readonly Option<string> name = new("--name") { Description = "Staff id, for example agent-1.", Required = true };
    private readonly Option<string> jurisdiction = new("--jurisdiction") { Description = "The jurisdiction's id.", DefaultValueFactory = _ => "demo" };
    private readonly Option<string?> agency = new("--agency") { Description = "The agency's id." };
    private readonly Option<string?> office = new("--office") { Description = "The office's id." };
    private readonly Option<string?> purpose = new("--purpose") { Description = $"One of {string.Join(", ", EnumNames.AllKebab<Purpose>())}; what the role is for unless said." };
    private readonly Option<int> hours = new("--hours") { Description = "How long it is good for, 1 to 720.", DefaultValueFactory = _ => 12 };

    public TokenOptions()
    {
        role.Validators.Add(result => Check(result.GetValueOrDefault<string>(), EnumNames.AllKebab<Role>(), result.AddError));
        purpose.Validators.Add(result => Check(result.GetValueOrDefault<string>(), EnumNames.AllKebab<Purpose>(), result.AddError));
        foreach (var id in new Option[] { name, jurisdiction, agency, office })
        {
            id.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string>() is { } given && !Slug.IsValid(given))
                    result.AddError($"'{given}' is no id: lower-case letters, digits and hyphens.");
            });
        }

        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 720)
                result.AddError("--hours is 1 to 720.");
        });
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { role, name, jurisdiction, agency, office, purpose, hours })
            command.Options.Add(option);
        command.Validators.Add(OfItsRole);
    }

    /// <summary>No token is made that nothing admits.</summary>
    private void OfItsRole(CommandResult result)
    {
        if (EnumNames.FromKebab<Role>(result.GetValue(role)) is { } actsAs && EnumNames.FromKebab<Purpose>(result.GetValue(purpose)) is { } meant
            && !PurposesOfUse.Of(actsAs).Contains(meant))
        {
            result.AddError($"--purpose of {actsAs.Kebab()} is {string.Join(" or ", PurposesOfUse.Of(actsAs).Select(one => one.Kebab()))}.");
        }
    }

    /// <returns>The token that a command line asks for.</returns>
    public string Issue(ParseResult arguments, DevelopmentTokens tokens)
    {
        var actsAs = EnumNames.FromKebab<Role>(arguments.GetRequiredValue(role))!.Value;
        var actor = new Actor(
            arguments.GetRequiredValue(name),
            actsAs,
            arguments.GetRequiredValue(jurisdiction),
            arguments.GetValue(agency),
            arguments.GetValue(office),
            EnumNames.FromKebab<Purpose>(arguments.GetValue(purpose)) ?? PurposesOfUse.UsualOf(actsAs));
        return tokens.Issue(actor, TimeSpan.FromHours(arguments.GetRequiredValue(hours)));
    }

    private static void Check(string? given, IEnumerable<string> known, Action<string> refuse)
    {
        if (given is not null && !known.Contains(given))
            refuse($"'{given}' is not one of {string.Join(", ", known)}.");
    }
}
