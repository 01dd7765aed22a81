using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>Everything that traces and metrics would carry out of the program: names, tags, events, baggage.</summary>
public sealed class Telemetry : IDisposable
{
    private readonly ConcurrentQueue<string> said = new();
    private readonly ActivityListener activities;
    private readonly MeterListener measurements = new();

    public Telemetry()
    {
        activities = new ActivityListener
        {
            // Where the test's own client would say whom it asks.
            ShouldListenTo = source => source.Name != "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(activities);
        measurements.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        measurements.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        measurements.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        measurements.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        measurements.Start();
    }

    public IReadOnlyCollection<string> Said => said;

    public void Dispose()
    {
        activities.Dispose();
        measurements.Dispose();
    }

    private void Keep(Activity activity)
    {
        said.Enqueue($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
        foreach (var (name, value) in activity.TagObjects)
            said.Enqueue($"{name}={value}");
        foreach (var (name, value) in activity.Baggage)
            said.Enqueue($"{name}={value}");
        foreach (var one in activity.Events)
            said.Enqueue($"{one.Name} {string.Join(' ', one.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
            said.Enqueue($"{instrument.Name} {name}={value}");
    }
}
