using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Disclosures;

/// <summary>
/// The bar on using a Part 2 record in proceedings against the client (42 CFR 2.12(d), 2.31(d), 2.64–2.65; R67): whatever leaves the
/// house for such a purpose, a letter or an export, asks here first.
/// </summary>
public static class ProceedingsUse
{
    /// <param name="labels">What law the content is under.</param>
    /// <param name="purpose">What it leaves for.</param>
    /// <param name="consented">A consent in force permits this very use.</param>
    /// <param name="ordered">A court order in force permits it.</param>
    /// <returns>The refusal, or null when it may leave.</returns>
    public static Rejection? Check(IReadOnlyCollection<Label> labels, DisclosurePurpose purpose, bool consented, bool ordered) =>
        purpose == DisclosurePurpose.ProceedingsAgainstClient && labels.Contains(Label.Part2) && !consented && !ordered
            ? DisclosureRejections.ProceedingsNeedConsentOrOrder()
            : null;
}
