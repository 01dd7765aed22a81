using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using CaseFlow.Api.Http;
using CaseFlow.Domain;

namespace CaseFlow.Api.Documentation;

/// <summary>Every problem there is: the door's catalogue, the domain's rejections and those of access, by code.</summary>
public static class ProblemBook
{
    private static readonly DateTimeOffset SampleTime = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly Lazy<FrozenDictionary<string, ProblemKind>> Everything = new(() => ProblemCatalogue.All
        .Concat(OfDomain(typeof(Rejection).Assembly))
        .Concat(OfDomain(typeof(ProblemBook).Assembly))
        .GroupBy(kind => kind.Code, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, ProblemKind> All => Everything.Value;

    /// <returns>The rejections of an assembly: what its static classes named <c>…Rejections</c> return, asked with sample values.</returns>
    /// <exception cref="InvalidOperationException">A rejection cannot be made with sample values.</exception>
    public static IEnumerable<ProblemKind> OfDomain(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Rejections", StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.ReturnType == typeof(Rejection)
        let kind = Problems.KindOf((Rejection)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!)
        select kind with { Meaning = Blanks(kind.Meaning) };

    /// <returns>The book as <c>docs/problems.md</c>, ordered by status and code.</returns>
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Every problem, by status

            Generated from the code. A refusal is an RFC 9457 document; `code` is stable, `type` is `/problems/{code}`, `detail` tells
            what is special about this occurrence, `field` names the member at fault, `traceId` finds it in the logs.

            | Status | Code | Meaning | What to do |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var kind in All.Values.OrderBy(kind => kind.Status).ThenBy(kind => kind.Code, StringComparer.Ordinal))
            text.Append($"| {kind.Status} | `{kind.Code}` | {Cell(kind.Meaning)} | {Cell(kind.WhatToDo)} |\n");
        return text.ToString();
    }

    /// <summary>Sample values that mean nothing are shown as what they stand for.</summary>
    private static string Blanks(string meaning) => meaning
        .Replace(Guid.Empty.ToString(), "‹id›", StringComparison.Ordinal)
        .Replace($"{SampleTime:u}", "‹time›", StringComparison.Ordinal)
        .Replace($"{SampleTime:yyyy-MM-dd}", "‹date›", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static object? Sample(ParameterInfo parameter) => SampleOf(parameter.ParameterType, parameter.Name ?? "value");

    private static object? SampleOf(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return SampleOf(underlying, name);
        if (type == typeof(string))
            return $"‹{name}›";
        if (type == typeof(DateTimeOffset))
            return SampleTime;
        if (type == typeof(DateOnly))
            return DateOnly.FromDateTime(SampleTime.UtcDateTime);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        var element = type.IsArray ? type.GetElementType() : type.IsGenericType ? type.GetGenericArguments()[0] : null;
        if (element is not null && type.IsAssignableFrom(element.MakeArrayType()))
            return Array.CreateInstance(element, 0);
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).FirstOrDefault()
            ?? throw new InvalidOperationException($"No sample of {type} can be made for the book of problems.");
        return constructor.Invoke([.. constructor.GetParameters().Select(Sample)]);
    }
}
