using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Rules for text that people write.</summary>
public static class Texts
{
    /// <summary>Longest free text, characters.</summary>
    public const int LongestText = 4000;

    /// <summary>Not blank, not too long, no control characters but line breaks and tabs; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeText<T>(this IRuleBuilder<T, string?> rule, int longest = LongestText) => rule
        .Must(text => text is null || (!string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(IsUnprintable)))
        .WithErrorCode("text")
        .WithMessage($"1 to {longest} characters, not blank, without control characters.");

    private static bool IsUnprintable(char letter) => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t');
}
