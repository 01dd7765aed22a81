using System.Reflection;
using CaseFlow.Domain;

namespace CaseFlow.Unit.Architecture;

/// <summary>What holds for every refusal, whoever adds one.</summary>
public sealed class Refusals
{
    private static readonly (string Name, Rejection Rejection)[] All =
    [
        .. from type in typeof(Rejection).Assembly.GetTypes()
           where type.Name.EndsWith("Rejections", StringComparison.Ordinal)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
           select ($"{type.Name}.{method.Name}", (Rejection)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!),
    ];

    [Fact]
    public void Have_a_code_of_their_own() => All.Select(refusal => refusal.Rejection.Code).ShouldBeUnique();

    [Fact]
    public void Have_a_kebab_case_code() =>
        All.Where(refusal => !Slug.IsValid(refusal.Rejection.Code)).Select(refusal => refusal.Name).ShouldBeEmpty();

    [Fact]
    public void Say_why_in_a_sentence() => All
        .Where(refusal => !char.IsUpper(refusal.Rejection.Reason.TrimStart('"')[0]) && !char.IsDigit(refusal.Rejection.Reason[0])
            && refusal.Rejection.Reason[0] != '"' || !refusal.Rejection.Reason.EndsWith('.'))
        .Select(refusal => refusal.Name).ShouldBeEmpty();

    [Fact]
    public void Name_the_member_at_fault_in_camel_case() => All
        .Where(refusal => refusal.Rejection.Field is { } field && field.Split('.').Any(part => part.Length == 0 || !char.IsLower(part[0])))
        .Select(refusal => refusal.Name).ShouldBeEmpty();

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "member",
        var type when type.IsAssignableFrom(typeof(string[])) => new[] { "what is missing" },
        var type => Activator.CreateInstance(type)!,
    };
}
