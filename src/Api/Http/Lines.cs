using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Rules for names, numbers and other text of one line.</summary>
public static class Lines
{
    /// <summary>Longest line, characters.</summary>
    public const int LongestLine = 200;

    /// <summary>Not blank, one line, no control characters; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeLine<T>(this IRuleBuilder<T, string?> rule, int longest = LongestLine) => rule
        .Must(text => text is null || (!string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl)))
        .WithErrorCode("line")
        .WithMessage($"1 to {longest} characters on one line, not blank, without control characters.");
}
