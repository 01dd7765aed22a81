using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;

namespace CaseFlow.Api.Http;

/// <summary>Answers 400 with every broken rule, after the idempotency key was looked up and before anything is loaded.</summary>
public sealed class Validated<TRequest>(IValidator<TRequest> validator) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var missing = context.HttpContext.Features.Get<MissingMembers>()?.Faults ?? [];
        var failures = await FailuresAsync(context.Arguments.OfType<TRequest>().Single(), missing.Count > 0, context.HttpContext.RequestAborted);
        if (failures.Count == 0 && missing.Count == 0)
            return await next(context);

        var named = missing.Select(fault => fault.Path).ToHashSet(StringComparer.Ordinal);
        var faults = missing.Concat(failures
            .Select(failure => new ShapeFault(CamelPath(failure.PropertyName), CodeOf(failure.ErrorCode), failure.ErrorMessage))
            .Where(fault => !named.Contains(fault.Path)));
        return RequestShape.Refuse([.. faults]);
    }

    private async Task<List<ValidationFailure>> FailuresAsync(TRequest request, bool membersAreMissing, CancellationToken cancellation)
    {
        try
        {
            return (await validator.ValidateAsync(request, cancellation)).Errors;
        }
        catch (NullReferenceException) when (membersAreMissing)
        {
            // A rule about a member that was not sent; that it is missing is said anyway.
            return [];
        }
    }

    private static string CamelPath(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static string CodeOf(string code)
    {
        var name = code.EndsWith("Validator", StringComparison.Ordinal) ? code[..^"Validator".Length] : code;
        return JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }
}
