using System.Net;
using System.Net.Sockets;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Demonstration;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Settings;
using CaseFlow.Api.Telemetry;
using CaseFlow.EventStore.Sealing;
using Microsoft.AspNetCore.Connections;

namespace CaseFlow.Api.CommandLine;

/// <summary>The web host, on the configured database or on the embedded one.</summary>
public static class Serve
{
    public static async Task RunAsync(CommandContext context, CancellationToken ct)
    {
        StartMemory.KeepTogether();
        RefuseTakenPorts(context.Settings.Addresses);
        await using var database = await context.OpenDatabaseAsync(ct);
        await using var app = Build(context, database);
        var caseFlow = app.Services.GetRequiredService<CaseFlowDatabase>();
        try
        {
            await caseFlow.PrepareAsync(ct);
        }
        catch (Exception unfit) when (unfit is SealBrokenException or InvalidOperationException or InvalidDataException)
        {
            throw new CannotRunException(unfit.Message, unfit);
        }
        await KeepToLeastPrivilegeAsync(caseFlow, context.Settings, app.Logger, ct);
        // Whoever follows the greeting finds in every view what was just told.
        if (database.IsEmbedded && await DemonstrationData.LoadAsync(caseFlow, TimeProvider.System, ct))
            await caseFlow.CatchUpAsync(ct);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new CannotRunException(Taken(context.Settings.Urls), taken);
        }
        if (database.IsEmbedded && context.Settings.Authentication.Authority is null)
            Console.WriteLine(Greeting.Text(app.Urls.First(), new DevelopmentTokens(context.Settings.Authentication.DevelopmentKeyFile)));
        else
            app.Logger.LogInformation("CaseFlow answers on {Urls}", string.Join(", ", app.Urls));
        if (!database.IsEmbedded)
            WarnOfDevelopment(app.Logger, context.Settings);
        await app.WaitForShutdownAsync(ct);
    }

    /// <summary>Sessions leave further rights of their login aside, so that a warning is enough unless the county asks for more.</summary>
    private static async Task KeepToLeastPrivilegeAsync(CaseFlowDatabase database, CaseFlowSettings settings, ILogger log, CancellationToken ct)
    {
        var (login, excess) = await database.ExcessRightsAsync(ct);
        if (excess.Count == 0)
            return;
        var what = string.Join(", ", excess);
        if (settings.Store.RequireLeastPrivilege)
        {
            throw new CannotRunException(
                $"The database login \"{login}\" may do more than the program has to ({what}): give ConnectionStrings:CaseFlow a login of "
                + "deploy/roles.sql, and ConnectionStrings:Migrations the one that owns the schema.");
        }

        log.LogWarning("The database login {Login} may do more than the program has to: {Excess}; see deploy/README.md", login, what);
    }

    /// <summary>A server of a county's own with the keys of a developer's machine: possible for a trial, and never silent.</summary>
    private static void WarnOfDevelopment(ILogger log, CaseFlowSettings settings)
    {
        if (settings.Authentication.Authority is null)
            log.LogWarning("No Authentication:Authority is set: tokens of this machine's development key are accepted");
        if (!settings.Keys.IsSet)
            log.LogWarning("No wrapping key is set (Keys): the clients' keys are wrapped with a key of this machine alone, which no other node has");
    }

    private static WebApplication Build(CommandContext context, OpenDatabase database)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = context.SettingArguments,
            // appsettings.json lies beside the program, wherever it is started from.
            ContentRootPath = context.Configuration["contentRoot"] ?? AppContext.BaseDirectory,
        });
        builder.Configuration.AddConfiguration(context.Configuration);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddSingleton(context.Settings);
        builder.Services.AddSingleton(database);
        builder.WebHost.UseUrls([.. context.Settings.Addresses]);
        builder.Services.AddCaseFlow(context.Settings, database);
        builder.AddTelemetry();
        builder.Services.AddHostedService<StartMemory>();
        var app = builder.Build();
        app.UseHttpRoom(Doors.Map);
        return app;
    }

    /// <summary>Asked before anything is started, so that the answer is one sentence.</summary>
    private static void RefuseTakenPorts(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var parsed = BindingAddress.Parse(address);
            if (parsed.Port == 0) continue;
            var ip = parsed.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var given) ? given
                : IPAddress.Any;
            try
            {
                using var listener = new TcpListener(ip, parsed.Port);
                listener.Start();
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new CannotRunException(Taken(address), refused);
            }
        }
    }

    private static string Taken(string address) =>
        $"The port of {address} is taken, perhaps by another CaseFlow: choose another with "
        + "--Urls=http://localhost:5081 or the environment variable CASEFLOW__URLS.";
}
