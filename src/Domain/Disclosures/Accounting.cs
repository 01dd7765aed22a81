using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>How far an accounting of disclosures looks back (R62).</summary>
public enum LookBack
{
    /// <summary>Three years (42 CFR 2.25).</summary>
    Part2,

    /// <summary>Six years (45 CFR 164.528).</summary>
    Hipaa,
}

/// <summary>The disclosures that an accounting lists at an instant.</summary>
public static class Accounting
{
    /// <returns>The first instant that the accounting covers.</returns>
    public static DateTimeOffset From(LookBack lookBack, DateTimeOffset at, RightsPolicy policy) =>
        at.AddYears(-(lookBack == LookBack.Part2 ? policy.Part2LookBackYears : policy.HipaaLookBackYears));

    /// <summary>
    /// Every disclosure of the period, oldest first, whatever its basis: the law lets some be left out, the client is told all. What was
    /// told over a day to one person for one purpose is one line (45 CFR 164.528(b)(3)).
    /// </summary>
    /// <param name="disclosure">One that was recorded as far as is asked.</param>
    /// <param name="lookBack">How far back.</param>
    /// <param name="at">Where the period ends.</param>
    /// <param name="asOf">Only what had occurred by then, when that is asked: what is told by the day at its end. Null for all that is recorded, today's too.</param>
    /// <param name="policy">How many years that is.</param>
    public static bool Lists(DisclosureMade disclosure, LookBack lookBack, DateTimeOffset at, DateTimeOffset? asOf, RightsPolicy policy) =>
        !(disclosure.CountsFrom() > asOf) && disclosure.CountsFrom() >= From(lookBack, at, policy);
}
