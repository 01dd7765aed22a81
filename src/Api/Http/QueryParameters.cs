namespace CaseFlow.Api.Http;

/// <summary>What a parameter's value is.</summary>
public enum QueryType
{
    Text,
    Time,
    Number,
    Flag,
}

/// <summary>One parameter of a question, for the API page and for refusing others.</summary>
/// <param name="Name">Name in the address.</param>
/// <param name="Description">One line.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Words">The words it knows, when they are few.</param>
/// <param name="Repeats">It may be given several times.</param>
/// <param name="InHeader">It is a header.</param>
public sealed record QueryParameter(
    string Name,
    string Description,
    QueryType Type = QueryType.Text,
    IReadOnlyList<string>? Words = null,
    bool Repeats = false,
    bool InHeader = false);

/// <summary>Every parameter of a route.</summary>
public sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>Lets a question name its parameters.</summary>
public static class QueryParameterRoutes
{
    /// <summary>The parameters of a question. Any other is refused: a filter misspelt and passed over would answer another question.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, params IReadOnlyList<QueryParameter> parameters)
    {
        var names = parameters.Where(parameter => !parameter.InHeader).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        return route.WithMetadata(new QueryParameters(parameters)).AddEndpointFilter(async (context, next) =>
            context.HttpContext.Request.Query.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown
                ? new Problem(ProblemCatalogue.UnknownParameter, $"\"{unknown}\" is not a parameter of this operation.", unknown)
                : await next(context));
    }
}
