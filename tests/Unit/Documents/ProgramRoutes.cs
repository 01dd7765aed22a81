using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseFlow.Unit.Documents;

/// <summary>Every route of the program with what it says about itself.</summary>
internal static class ProgramRoutes
{
    /// <summary>The routes exist before anything is started, so no database is asked.</summary>
    public static async Task<IReadOnlyList<RouteRole>> ListAsync()
    {
        var keys = Directory.CreateTempSubdirectory("roles").FullName;
        try
        {
            var settings = new CaseFlowSettings
            {
                ConnectionString = "Host=nowhere",
                Authentication = new AuthenticationSettings { DevelopmentKeyFile = Path.Combine(keys, "token.key") },
                Keys = new KeySettings { File = Path.Combine(keys, "wrapping.key") },
            };
            await using var database = await OpenDatabase.OpenAsync(settings, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddCaseFlow(settings, database);
            await using var app = builder.Build();
            return app.UseHttpRoom(Doors.Map);
        }
        finally
        {
            Directory.Delete(keys, recursive: true);
        }
    }
}
