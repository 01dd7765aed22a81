using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>The shape of a request, as rules for its members.</summary>
internal static class Shape
{
    /// <returns>A validator with these rules.</returns>
    public static InlineValidator<T> Of<T>(Action<InlineValidator<T>> rules)
    {
        var validator = new InlineValidator<T>();
        rules(validator);
        return validator;
    }
}
