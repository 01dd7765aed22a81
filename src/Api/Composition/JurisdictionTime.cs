using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Composition;

/// <summary>A jurisdiction's policy and local time, for doors.</summary>
public sealed class JurisdictionTime(Registers registers)
{
    /// <returns>The policies, and what was in force at an instant.</returns>
    public async Task<PolicyInForce?> PolicyAtAsync(string jurisdiction, DateTimeOffset instant, CancellationToken cancellation) =>
        (await registers.PoliciesAsync(jurisdiction, cancellation)).InForceAt(instant);

    /// <returns>The local day of an instant; of UTC while the jurisdiction has no policy.</returns>
    public async Task<DateOnly> DayOfAsync(string jurisdiction, DateTimeOffset instant, CancellationToken cancellation)
    {
        var policy = await PolicyAtAsync(jurisdiction, instant, cancellation);
        var zone = policy is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(policy.Policy.TimeZone);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
    }

    /// <returns>The stated times in UTC; a local day is one of the jurisdiction's time zone, of UTC while it has no policy.</returns>
    public async Task<When> WhenAsync(string jurisdiction, WhenPart? part, DateTimeOffset now, CancellationToken cancellation)
    {
        return part is null ? When.At(now) : part.ToWhen(now, await ZoneAsync(jurisdiction, now, cancellation));
    }

    /// <returns>The jurisdiction's local day of an instant.</returns>
    public async Task<DateOnly> DayOfAsync(string jurisdiction, DateTimeOffset instant, DateTimeOffset now, CancellationToken cancellation) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, await ZoneAsync(jurisdiction, now, cancellation)).DateTime);

    /// <returns>The jurisdiction's time zone; UTC while it has no policy.</returns>
    public async Task<TimeZoneInfo> ZoneAsync(string jurisdiction, DateTimeOffset now, CancellationToken cancellation) =>
        await PolicyAtAsync(jurisdiction, now, cancellation) is { } policy ? TimeZoneInfo.FindSystemTimeZoneById(policy.Policy.TimeZone) : TimeZoneInfo.Utc;
}
