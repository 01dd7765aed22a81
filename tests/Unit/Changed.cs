using System.Reflection;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;

namespace CaseFlow.Unit;

/// <summary>Commands that say something else in one member.</summary>
public static class Changed
{
    /// <returns>The names of what a command says, whether its constructor takes them or they are set beside it.</returns>
    public static IEnumerable<string> MembersOf<TCommand>() =>
        typeof(TCommand).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite).Select(property => property.Name);

    /// <returns>The command with another value in that member.</returns>
    public static IEnumerable<TCommand> Of<TCommand>(TCommand command, string member)
        where TCommand : class
    {
        var property = typeof(TCommand).GetProperty(member)!;
        yield return Of(command, member, Other(property.PropertyType, property.GetValue(command))
            ?? throw new InvalidOperationException($"Say how {typeof(TCommand).Name}.{member} changes, or that it says nothing."));
    }

    public static TCommand Of<TCommand>(TCommand command, string member, object? value)
        where TCommand : class
    {
        var changed = (TCommand)typeof(TCommand).GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public)!.Invoke(command, null)!;
        typeof(TCommand).GetProperty(member)!.SetValue(changed, value);
        return changed;
    }

    private static object? Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => $"{value}-other",
        var id when id == typeof(Guid) => Guid.NewGuid(),
        var flag when flag == typeof(bool) => value is not true,
        var number when number == typeof(int) => (value as int? ?? 0) + 1,
        var day when day == typeof(DateOnly) => (value as DateOnly? ?? new DateOnly(2026, 3, 1)).AddDays(1),
        var at when at == typeof(DateTimeOffset) => (value as DateTimeOffset? ?? new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)).AddHours(-1),
        var time when time == typeof(When) => When.At((value as When? ?? When.At(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))).OccurredAt.AddHours(-1)),
        var leftTo when leftTo == typeof(SealingExceptions) => new SealingExceptions([new SealedFor("elsewhere")]),
        var disclosed when disclosed == typeof(DisclosedWithoutBasis) => new DisclosedWithoutBasis(Guid.NewGuid(), Guid.NewGuid()),
        var opened when opened == typeof(OpenedWithoutCause) => new OpenedWithoutCause(Guid.NewGuid(), Guid.NewGuid()),
        var words when words == typeof(Sealed<string>) => Sealed<string>.Of("Said otherwise."),
        { IsEnum: true } code => Enum.GetValues(code).Cast<object>().First(one => !one.Equals(value)),
        _ => null,
    };
}
