using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseFlow.Unit.Documents;

/// <summary>Documents that are generated from the code, and compared with what is committed.</summary>
public sealed class WritingTheBooks
{
    [Fact]
    public void The_book_of_events_is_the_catalogue() => Approved.File("docs/events.md").ShouldHold(EventBook.Markdown());

    [Fact]
    public async Task The_list_of_roles_is_the_routes() =>
        Approved.File("docs/roles.md").ShouldHold(RouteRoles.Markdown(await RoutesAsync()));

    /// <summary>The routes exist before anything is started, so no database is asked.</summary>
    private static async Task<IReadOnlyList<RouteRole>> RoutesAsync()
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
