using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Referrals;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Privacy;

/// <summary>What completes an entry tells of it, so it is never shown where the entry is not.</summary>
public sealed class CompletingAnEntry
{
    private static readonly Guid Entry = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");

    /// <summary>What goes on with something that was begun before, in one stream: one more of its kind is of the same referral, duty, overdose or test.</summary>
    private static readonly Type[] Families = [typeof(ReferralEvent), typeof(DutyEvent), typeof(OverdoseEvent), typeof(DrugTestEvent)];

    /// <summary>They are before any duty, or where none is owed.</summary>
    private static readonly Type[] WithoutDuty = [typeof(OverdoseKnownToAgent), typeof(ReferralDutyNotOwed)];

    private static readonly Type[] OfClients = [.. EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent)))];

    public static TheoryData<string> Kinds => [.. OfClients.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_entry_completes_what_it_goes_on_with_and_nothing_else(string name)
    {
        var kind = OfClients.Single(type => type.Name == name);
        var fact = SampleEvents.Of(kind);
        var family = WithoutDuty.Contains(kind) ? null : Families.FirstOrDefault(kind.IsSubclassOf);

        // Every sample names the same referral, duty, overdose, test, consent and participation.
        foreach (var earlier in OfClients)
        {
            var expected = (family is not null && earlier.IsSubclassOf(family) && !WithoutDuty.Contains(earlier)) || CompletesElsewhere(kind, earlier);
            Completing.Completes(fact, Entry, SampleEvents.Of(earlier)).ShouldBe(expected, $"{name} after {earlier.Name}");
        }

        if (fact is ICorrection correction)
            Completing.Completes(fact, correction.CorrectedEventId, SampleEvents.Of(typeof(ConsentGranted))).ShouldBeTrue();
    }

    [Fact]
    public void Of_two_referrals_overdoses_or_tests_each_has_its_own()
    {
        var receipt = (ReferralDeliveryConfirmed)SampleEvents.Of(typeof(ReferralDeliveryConfirmed));
        var confirmed = (OverdoseConfirmed)SampleEvents.Of(typeof(OverdoseConfirmed));
        var result = (DrugTestResultReported)SampleEvents.Of(typeof(DrugTestResultReported));

        Completing.Completes(receipt with { ReferralId = Entry }, Entry, SampleEvents.Of(typeof(ReferralSent))).ShouldBeFalse();
        Completing.Completes(confirmed with { OverdoseId = Entry }, Entry, SampleEvents.Of(typeof(OverdoseReported))).ShouldBeFalse();
        Completing.Completes(result with { TestId = Entry }, Entry, SampleEvents.Of(typeof(DrugTestCollected))).ShouldBeFalse();
        Completing.Completes(result with { ParticipationId = Entry }, Entry, SampleEvents.Of(typeof(ParticipantAdmitted))).ShouldBeFalse();
    }

    [Fact]
    public void Completing_never_reveals_more_than_the_entry()
    {
        var all = Enum.GetValues<Label>();
        Grounds[] grounds = [Grounds.None, new(ConsentStanding.InForce, Entry), new(ConsentStanding.None, BreakGlass: true), new(ConsentStanding.None, OrderId: Entry)];
        Viewer[] viewers = [.. from role in Enum.GetValues<Role>() from purpose in Enum.GetValues<Purpose>() select new Viewer(role, "own", purpose, UnderGrant: true)];
        var more = new List<string>();

        for (var set = 0; set < 1 << all.Length; set++)
        {
            Label[] entry = [.. all.Where((_, n) => (set & (1 << n)) != 0)];
            foreach (var usual in all.Select(label => (Label[])[label]).Append([]))
            {
                var completing = Labels.Of(Completing.Together(usual.ToCodes(), entry.ToCodes()));
                more.AddRange(
                    from viewer in viewers
                    from agency in new[] { "own", "another" }
                    from ground in grounds
                    where Shows(viewer, agency, completing, ground) && !Shows(viewer, agency, entry, ground)
                    select $"{viewer} of {agency}: [{string.Join(' ', completing)}] completes [{string.Join(' ', entry)}]");
                if (!entry.Except(completing).All(missing => missing == Label.CourtOpen && completing.Contains(Label.CourtConfidential)))
                    more.Add($"[{string.Join(' ', completing)}] lacks labels of [{string.Join(' ', entry)}]");
            }
        }

        more.ShouldBeEmpty();

        static bool Shows(Viewer viewer, string agency, IReadOnlyCollection<Label> labels, Grounds ground) =>
            Disclosing.Decide(viewer, new RecordShown(agency, labels, ConsentInformation.Engagement), ground) is Disclosure.Allowed;
    }

    [Fact]
    public void What_is_confidential_in_a_court_is_in_no_open_file() =>
        Completing.Together(["COURT_CONFIDENTIAL"], ["COURT_OPEN", "JUVENILE"]).ShouldBe(["JUVENILE", "COURT_CONFIDENTIAL"]);

    private static bool CompletesElsewhere(Type kind, Type earlier) =>
        (kind == typeof(ReferralDutyDischarged) && earlier.IsSubclassOf(typeof(ReferralEvent)))
        || (kind == typeof(ReferralUnacknowledgedNoticed) && earlier.IsSubclassOf(typeof(ReferralEvent)))
        || (kind.IsSubclassOf(typeof(NoticeEvent)) && earlier.IsSubclassOf(typeof(DutyEvent)) && !WithoutDuty.Contains(earlier))
        || ((kind.IsSubclassOf(typeof(DrugTestEvent)) || kind.IsSubclassOf(typeof(TestingRosterEvent))) && earlier == typeof(ParticipantAdmitted))
        || (kind == typeof(DrugTestSelected) && earlier == typeof(RandomTestingStarted))
        || ((kind == typeof(ConsentConditionMet) || kind.IsSubclassOf(typeof(ConsentNoticeEvent))) && earlier.IsSubclassOf(typeof(ConsentEvent))
            && earlier.GetProperty("ConsentId") is not null && earlier != typeof(CourtOrderForDisclosureReceived));
}
