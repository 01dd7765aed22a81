using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CaseFlow.Api.Telemetry;

/// <summary>
/// Traces, metrics and logs through OpenTelemetry. They leave the program only when the standard variable
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; the other <c>OTEL_…</c> variables apply as well.
/// </summary>
public static class TelemetryRegistration
{
    /// <summary>The program's own activity source and meter carry this name.</summary>
    public const string Name = "CaseFlow";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = [Name, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private static readonly string[] Meters =
    [
        Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
        "System.Net.Http", "Npgsql",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]);
        builder.Services.AddSingleton(_ => BuildTracer(exports));
        builder.Services.AddSingleton(_ => BuildMeter(exports));
        builder.Services.AddHostedService<TelemetryLifetime>();
        if (exports)
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.SetResourceBuilder(Program());
                logs.AddOtlpExporter();
            });
        }
    }

    private static TracerProvider BuildTracer(bool exports)
    {
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Program()).AddSource(Sources);
        return (exports ? traces.AddOtlpExporter() : traces).Build();
    }

    private static MeterProvider BuildMeter(bool exports)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Program()).AddMeter(Meters);
        return (exports ? metrics.AddOtlpExporter() : metrics).Build();
    }

    /// <summary>OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, read last, replace the name.</summary>
    private static ResourceBuilder Program()
    {
        var version = typeof(TelemetryRegistration).Assembly.GetName().Version?.ToString();
        return ResourceBuilder.CreateDefault().AddService("caseflow", serviceVersion: version)
            .AddEnvironmentVariableDetector();
    }
}
