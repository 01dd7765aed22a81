using System.Net;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Settings;
using CaseFlow.Integration.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace CaseFlow.Integration.CommandLine;

public sealed class ServingInTests
{
    [Fact]
    public async Task The_program_serves_on_the_database_it_is_given()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new ProgramHost(database.ConnectionString, ("Schema", "other"));
        using var client = host.CreateClient();

        var answer = await client.GetAsync("/no-such-page", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        host.Services.GetRequiredService<CaseFlowSettings>().Schema.ShouldBe("other");
        host.Services.GetRequiredService<OpenDatabase>().Logins.Program.ShouldBe(database.ProgramConnectionString);
        host.Services.GetRequiredService<OpenDatabase>().IsEmbedded.ShouldBeFalse();
        host.Services.GetRequiredService<TracerProvider>().ShouldNotBeNull();
    }
}
