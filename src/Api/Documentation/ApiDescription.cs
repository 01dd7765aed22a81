using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CaseFlow.Api.Documentation;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c> and the page at <c>/docs</c> that shows it.</summary>
public static class ApiDescription
{
    /// <summary>Name of the security scheme.</summary>
    public const string Scheme = "bearer";

    internal static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = new SchemaNames().Of;
        options.AddSchemaTransformer(RequireMembers);
        options.AddOperationTransformer(OperationNotes.AddAsync);
        options.AddDocumentTransformer(Introduce);
    });

    internal static void UseApiPage(this WebApplication app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = "docs";
        page.DocumentTitle = "CaseFlow API";
        page.SwaggerEndpoint("/openapi/v1.json", "CaseFlow v1");
        page.ConfigObject.PersistAuthorization = false;
        // No off-host validator badge.
        page.ConfigObject.AdditionalItems["validatorUrl"] = null;
    });

    internal static void MapApiDescription(this WebApplication app) => app
        .MapOpenApi()
        .AllowAnyone("documentation");

    /// <summary>A schema demands what <see cref="RequestShape"/> demands.</summary>
    private static Task RequireMembers(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object && schema.Properties is { Count: > 0 })
        {
            var required = context.JsonTypeInfo.Properties.Where(RequestShape.IsRequired).Select(member => member.Name);
            schema.Required = new HashSet<string>(required.Where(schema.Properties.ContainsKey), StringComparer.Ordinal);
            schema.AdditionalPropertiesAllowed = false;
        }

        return Task.CompletedTask;
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CaseFlow",
            Version = "v1",
            Description = "Case management for peer support in the justice system, from overdose to reentry. Every change is an immutable event.",
        };
        // Whoever reads this knows where it came from; a host name would be a guess behind a proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token with sub, role, jurisdiction, and agency, office and purpose where they apply.",
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[nameof(Problem)] = ProblemSchema();
        return Task.CompletedTask;
    }

    private static OpenApiSchema ProblemSchema()
    {
        var text = () => new OpenApiSchema { Type = JsonSchemaType.String };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457 problem; docs/problems.md lists every code.",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = text(),
                ["title"] = text(),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = text(),
                ["code"] = text(),
                ["field"] = text(),
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Broken rules by camelCase member path." },
                ["currentVersion"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["traceId"] = text(),
            },
        };
    }

    /// <returns>A value as an example.</returns>
    internal static JsonNode? Example(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), JsonRules.Options);
}
