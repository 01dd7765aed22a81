using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Api.Http.Idempotency;
using CaseFlow.Api.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CaseFlow.Api.Documentation;

/// <summary>What an operation's route says about itself, written into the description: roles, headers, examples, problems.</summary>
internal static class OperationNotes
{
    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var command = metadata.OfType<CommandRoute>().FirstOrDefault();
        var body = metadata.OfType<BodyShape>().FirstOrDefault();
        operation.Parameters ??= [];
        operation.Responses ??= [];
        AddRoles(operation, metadata.OfType<RouteAccess>().FirstOrDefault(), context.Document);
        AddRecord(operation, metadata.OfType<ShownRecord>().FirstOrDefault());
        AddExamples(operation, body, metadata.OfType<SuccessExample>());
        if (command is not null)
            AddCommand(operation, command, metadata.OfType<SuccessExample>().Any());
        if (TakesPages(metadata))
            AddPaging(operation);
        var asks = metadata.OfType<QueryParameters>().FirstOrDefault();
        foreach (var parameter in asks?.All ?? [])
            operation.Parameters.Add(ParameterOf(parameter));
        foreach (var status in ProblemsOf(operation, command, body, metadata))
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), ProblemResponse(status, context.Document));
        return Task.CompletedTask;
    }

    private static void AddRoles(OpenApiOperation operation, RouteAccess? access, OpenApiDocument? document)
    {
        if (access?.Roles is not { } roles)
            return;
        var names = roles.Order().Select(role => role.Kebab()).ToArray();
        operation.Description = $"{operation.Description} Roles: {string.Join(", ", names)}.".Trim();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-roles"] = new JsonNodeExtension(new JsonArray([.. names.Select(name => (JsonNode)name)]));
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDescription.Scheme, document)] = [] }];
    }

    private static void AddRecord(OpenApiOperation operation, ShownRecord? shown)
    {
        if (shown?.View is not { } view)
            return;
        operation.Description = $"{operation.Description} Each read is recorded, as the view {view}, before its answer leaves.".Trim();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-recorded-as"] = new JsonNodeExtension(JsonValue.Create(view));
    }

    private static void AddExamples(OpenApiOperation operation, BodyShape? body, IEnumerable<SuccessExample> successes)
    {
        if (body is not null)
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                content.Example = ApiDescription.Example(body.Example);
        }

        foreach (var success in successes)
        {
            var response = operation.Responses?.GetValueOrDefault(success.Status.ToString(CultureInfo.InvariantCulture));
            foreach (var content in response?.Content?.Values ?? [])
                content.Example = ApiDescription.Example(success.Example);
        }
    }

    private static void AddCommand(OpenApiOperation operation, CommandRoute command, bool hasBody)
    {
        if (!hasBody)
        {
            operation.Responses!.Remove("200");
            operation.Responses["204"] = new OpenApiResponse { Description = "Done" };
        }

        foreach (var success in operation.Responses!.Where(response => response.Key.StartsWith('2')).Select(response => response.Value).OfType<OpenApiResponse>())
        {
            success.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = Header("The version reached.", JsonSchemaType.String),
                [CommandAnswer.RecordedHeader] = Header("How far the store has come; later reads may ask for at least this.", JsonSchemaType.Integer),
                [Once.ReplayedHeader] = Header("true when this answer was given before.", JsonSchemaType.String),
            };
        }

        Add(operation, "If-Match", ParameterLocation.Header, "The version you saw, as its ETag.", JsonSchemaType.String, "\"3\"", command.NeedsVersion);
        Add(operation, Once.KeyHeader, ParameterLocation.Header, "1 to 200 visible characters, new for each command; recommended.", JsonSchemaType.String, "0b6f0a3e-5c1d-4c7e-9a53-0c5a4a8f7f11");
    }

    private static void AddPaging(OpenApiOperation operation)
    {
        Add(operation, "limit", ParameterLocation.Query, "Items wanted, 1 to 200; 50 unless said.", JsonSchemaType.Integer, 50);
        Add(operation, "cursor", ParameterLocation.Query, "From the link of the page before; follow `next` as it is.", JsonSchemaType.String, null);
    }

    private static void Add(
        OpenApiOperation operation, string name, ParameterLocation place, string description, JsonSchemaType type, JsonNode? example, bool required = false) =>
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = name,
            In = place,
            Description = description,
            Required = required,
            Example = example,
            Schema = new OpenApiSchema { Type = type },
        });

    private static OpenApiParameter ParameterOf(QueryParameter parameter)
    {
        var one = new OpenApiSchema
        {
            Type = parameter.Type switch
            {
                QueryType.Number => JsonSchemaType.Integer,
                QueryType.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = parameter.Type == QueryType.Time ? "date-time" : null,
            Enum = parameter.Words is null ? null : [.. parameter.Words.Select(word => (JsonNode)word)],
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Description = parameter.Description,
            Schema = parameter.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one,
        };
    }

    private static OpenApiHeader Header(string description, JsonSchemaType type) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = type } };

    private static bool TakesPages(IList<object> metadata) => metadata.OfType<MethodInfo>().Any(handler => handler.GetParameters().Any(
        parameter => parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(PageAsk<>)));

    private static IEnumerable<int> ProblemsOf(OpenApiOperation operation, CommandRoute? command, BodyShape? body, IList<object> metadata)
    {
        if (command is not null || operation.Parameters is { Count: > 0 } || body is not null)
            yield return 400;
        if (metadata.OfType<RouteAccess>().Any(access => access.Roles is not null))
        {
            yield return 401;
            yield return 403;
        }

        yield return 404;
        if (command is not null)
        {
            yield return 409;
            yield return 412;
            yield return 413;
            yield return 422;
        }

        if (body is not null)
            yield return 415;
        if (command is null && metadata.OfType<QueryParameters>().Any(asks => asks.All.Any(parameter => parameter.Name == "asRecordedPosition")))
            yield return 422;
        if (command is { NeedsVersion: true })
            yield return 428;
        yield return 429;
        yield return 500;
        yield return 503;
    }

    private static OpenApiResponse ProblemResponse(int status, OpenApiDocument? document)
    {
        var kinds = ProblemCatalogue.All.Where(kind => kind.Status == status).ToArray();
        var example = new Problem(kinds.FirstOrDefault() ?? ProblemCatalogue.BadRequest) { TraceId = "0af7651916cd43dd8448eb211c80319c" };
        return new OpenApiResponse
        {
            Description = kinds.Length == 0 ? "A refusal of the domain" : string.Join("; ", kinds.Select(kind => $"{kind.Code}: {kind.Title}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), document),
                    Example = ApiDescription.Example(example),
                },
            },
        };
    }
}
