using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Privacy;

/// <summary>
/// Who sees what, written down by hand beside the decision: every role, label, state of consent and purpose, of the own agency's records
/// and of another's.
/// </summary>
public sealed class DecidingWhoSees
{
    /// <summary>The columns of the rules: no label, then each label in the order of the enumeration; <c>+</c> is shown, <c>.</c> is not.</summary>
    private static readonly IReadOnlyList<Label?> Columns = [null, .. Enum.GetValues<Label>().Select(label => (Label?)label)];

    /// <summary>Of the own agency's records, whatever the purpose and the consent.</summary>
    private static readonly Dictionary<Role, string> Own = new()
    {
        //                          - PWHCJVOKN      (none, Part 2, Wi 51.30, Hipaa, Cji, Juvenile, Victim, Open file, confidential file, private Note)
        [Role.Agent] = /*           */ "+++++++++.",
        [Role.AgentSupervisor] = /* */ "++++++++++",
        [Role.Coach] = /*           */ "++++.+++..",
        [Role.CoachSupervisor] = /* */ "++++.+++.+",
        [Role.PeerSpecialist] = /*  */ "++++.+++..",
        [Role.Coordinator] = /*     */ "+++++++++.",
        [Role.Judge] = /*           */ "+++++++++.",
        [Role.Prosecutor] = /*      */ "++++++++..",
        [Role.Defence] = /*         */ "++++.++++.",
        [Role.Dispatcher] = /*      */ "++++++++..",
        [Role.Auditor] = /*         */ "++++.++++.",
        [Role.PrivacyOfficer] = /*  */ "++++.++++.",
        [Role.Administrator] = /*   */ "..........",
        [Role.Service] = /*         */ "++++.+++..",
    };

    /// <summary>Of another agency's records. A line without a consent holds in any state of consent; one that is not here shows nothing.</summary>
    private static readonly Dictionary<(Role, Purpose, ConsentStanding?), string> Others = new()
    {
        [(Role.Agent, Purpose.Supervision, ConsentStanding.InForce)] = /*          */ "++++++.++.",
        [(Role.AgentSupervisor, Purpose.Supervision, ConsentStanding.InForce)] = /**/ "++++++.++.",
        [(Role.Coach, Purpose.Care, ConsentStanding.InForce)] = /*                 */ "++++.+.+..",
        [(Role.CoachSupervisor, Purpose.Care, ConsentStanding.InForce)] = /*       */ "++++.+.+..",
        [(Role.PeerSpecialist, Purpose.Care, ConsentStanding.InForce)] = /*        */ "++++.+.+..",
        [(Role.Coordinator, Purpose.CourtMonitoring, ConsentStanding.InForce)] = /**/ "++++++.++.",
        [(Role.Judge, Purpose.CourtMonitoring, ConsentStanding.InForce)] = /*      */ "++++++.++.",
        [(Role.Prosecutor, Purpose.CourtMonitoring, ConsentStanding.InForce)] = /* */ "+++++..+..",
        [(Role.Defence, Purpose.CourtMonitoring, ConsentStanding.InForce)] = /*    */ "++++.+.++.",
        [(Role.Auditor, Purpose.Audit, null)] = /*                                 */ "++++.+.++.",
        [(Role.PrivacyOfficer, Purpose.Audit, null)] = /*                          */ "++++.++++.",
        [(Role.PrivacyOfficer, Purpose.OwnRecord, null)] = /*                      */ "++++.+.++.",
    };

    private static readonly Guid Consent = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");
    private static readonly Guid Order = Guid.Parse("0195d6c4-0000-7000-8000-00000000000d");

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Follows_the_table_for_every_label_consent_and_purpose(Role role)
    {
        var wrong = new List<string>();
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            foreach (var standing in Enum.GetValues<ConsentStanding>())
            {
                for (var column = 0; column < Columns.Count; column++)
                {
                    Compare("own", Own[role], purpose, standing, column);
                    var line = Others.GetValueOrDefault((role, purpose, null)) ?? Others.GetValueOrDefault((role, purpose, standing)) ?? "..........";
                    Compare("another", line, purpose, standing, column);
                }
            }
        }

        wrong.ShouldBeEmpty();

        void Compare(string agency, string line, Purpose purpose, ConsentStanding standing, int column)
        {
            Label[] labels = Columns[column] is { } label ? [label] : [];
            var shown = Disclosing.Decide(
                new Viewer(role, "own", purpose, UnderGrant: true), new RecordShown(agency, labels, ConsentInformation.Engagement), new Grounds(standing, Consent));
            if (shown is Disclosure.Allowed != (line[column] == '+'))
                wrong.Add($"{role} {purpose} {standing} {Columns[column]} of {agency}: {shown}");
        }
    }

    [Fact]
    public void Nobody_without_an_agency_owns_the_records_of_no_agency()
    {
        var system = new RecordShown(null, [], ConsentInformation.Engagement);

        Disclosing.Decide(new Viewer(Role.Agent, null, Purpose.Supervision), system, Grounds.None).ShouldBe(Disclosure.Restricted.Only);
        Disclosing.Decide(new Viewer(Role.PrivacyOfficer, null, Purpose.Audit), system, Grounds.None)
            .ShouldBe(new Disclosure.Allowed(Basis.PrivacyOversight));
    }

    [Fact]
    public void An_auditor_reads_under_a_grant_or_not_at_all()
    {
        var record = new RecordShown("another", [Label.Part2], ConsentInformation.WholeRecord);

        Disclosing.Decide(new Viewer(Role.Auditor, "own", Purpose.Audit), record, Grounds.None).ShouldBe(Disclosure.Restricted.Only);
        Disclosing.Decide(new Viewer(Role.Auditor, "own", Purpose.Audit, UnderGrant: true), record, Grounds.None)
            .ShouldBe(new Disclosure.Allowed(Basis.AuditGrant));
    }

    [Theory]
    [InlineData(Role.Coach, Purpose.Care, Depth.Detail)]
    [InlineData(Role.PeerSpecialist, Purpose.Care, Depth.Detail)]
    [InlineData(Role.Agent, Purpose.Supervision, Depth.Progress)]
    [InlineData(Role.Judge, Purpose.CourtMonitoring, Depth.Progress)]
    [InlineData(Role.Coordinator, Purpose.CourtMonitoring, Depth.Progress)]
    [InlineData(Role.Defence, Purpose.CourtMonitoring, Depth.Progress)]
    [InlineData(Role.Prosecutor, Purpose.CourtMonitoring, Depth.Participation)]
    public void A_consent_shows_no_more_than_the_work_takes(Role role, Purpose purpose, Depth deepest)
    {
        foreach (var (depth, information) in new[]
                 {
                     (Depth.Participation, ConsentInformation.Engagement), (Depth.Participation, ConsentInformation.Attendance),
                     (Depth.Progress, ConsentInformation.Progress), (Depth.Progress, ConsentInformation.TestResults), (Depth.Progress, ConsentInformation.Discharge),
                     (Depth.Detail, ConsentInformation.TreatmentPlan), (Depth.Detail, ConsentInformation.Medication), (Depth.Detail, ConsentInformation.Assessment),
                     (Depth.Detail, ConsentInformation.ContactDetails), (Depth.Detail, ConsentInformation.WholeRecord),
                 })
        {
            Disclosing.Decide(new Viewer(role, "own", purpose), new RecordShown("another", [Label.Part2], information), new Grounds(ConsentStanding.InForce, Consent))
                .ShouldBe(depth <= deepest ? new Disclosure.Allowed(Basis.Consent, Consent) : Disclosure.Restricted.Only);
        }
    }

    [Fact]
    public void What_was_agreed_to_be_restricted_stays_with_the_agency()
    {
        var coach = new Viewer(Role.Coach, "own", Purpose.Care);

        Disclosing.Decide(coach, new RecordShown("another", [], ConsentInformation.Engagement), new Grounds(ConsentStanding.InForce, Consent, Restricted: true))
            .ShouldBe(Disclosure.Restricted.Only);
        Disclosing.Decide(coach, new RecordShown("own", [], ConsentInformation.Engagement), new Grounds(ConsentStanding.InForce, Consent, Restricted: true))
            .ShouldBe(new Disclosure.Allowed(Basis.OwnRecord));
    }

    [Theory]
    [InlineData(Role.Coach, Purpose.Care, "++++.+.+..")]
    [InlineData(Role.Agent, Purpose.Care, "++++++.++.")]
    [InlineData(Role.Dispatcher, Purpose.Care, "..........")]
    [InlineData(Role.Agent, Purpose.Supervision, "..........")]
    [InlineData(Role.Judge, Purpose.Care, "..........")]
    [InlineData(Role.Prosecutor, Purpose.Care, "..........")]
    [InlineData(Role.Service, Purpose.Care, "..........")]
    public void An_emergency_opens_the_record_to_those_who_help(Role role, Purpose purpose, string line)
    {
        for (var column = 0; column < Columns.Count; column++)
        {
            Label[] labels = Columns[column] is { } label ? [label] : [];
            Disclosing.Decide(
                    new Viewer(role, "own", purpose),
                    new RecordShown("another", labels, ConsentInformation.WholeRecord),
                    new Grounds(ConsentStanding.Revoked, Restricted: true, BreakGlass: true))
                .ShouldBe(line[column] == '+' ? new Disclosure.Allowed(Basis.Emergency) : Disclosure.Restricted.Only, $"{Columns[column]}");
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void An_emergency_shows_a_record_to_those_who_may_open_one_and_to_nobody_else(Role role)
    {
        var shown = Disclosing.Decide(
            new Viewer(role, "own", Purpose.Care), new RecordShown("another", [], ConsentInformation.WholeRecord), Grounds.None with { BreakGlass = true });

        (shown is Disclosure.Allowed { Basis: Basis.Emergency }).ShouldBe(UseEmergencyAccess.Roles.Contains(role));
    }

    [Theory]
    [InlineData(Role.Agent, Purpose.Supervision, "++++++.++.")]
    [InlineData(Role.AgentSupervisor, Purpose.Supervision, "++++++.++.")]
    [InlineData(Role.Coach, Purpose.Care, "++++.+.+..")]
    [InlineData(Role.CoachSupervisor, Purpose.Care, "++++.+.+..")]
    [InlineData(Role.PeerSpecialist, Purpose.Care, "++++.+.+..")]
    [InlineData(Role.Coordinator, Purpose.CourtMonitoring, "++++++.++.")]
    [InlineData(Role.Judge, Purpose.CourtMonitoring, "++++++.++.")]
    [InlineData(Role.Prosecutor, Purpose.CourtMonitoring, "+++++..+..")]
    [InlineData(Role.Defence, Purpose.CourtMonitoring, "++++.+.++.")]
    [InlineData(Role.Agent, Purpose.Care, "..........")]
    [InlineData(Role.Judge, Purpose.Supervision, "..........")]
    [InlineData(Role.Dispatcher, Purpose.Care, "..........")]
    [InlineData(Role.Service, Purpose.Operations, "..........")]
    [InlineData(Role.Administrator, Purpose.Operations, "..........")]
    public void A_court_order_shows_what_it_names_however_deep_whatever_was_taken_back_or_restricted(Role role, Purpose purpose, string line)
    {
        foreach (var standing in Enum.GetValues<ConsentStanding>().Where(standing => standing != ConsentStanding.InForce))
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                Label[] labels = Columns[column] is { } label ? [label] : [];
                Disclosing.Decide(
                        new Viewer(role, "own", purpose),
                        new RecordShown("another", labels, ConsentInformation.WholeRecord),
                        new Grounds(standing, Consent, Restricted: true, OrderId: Order))
                    .ShouldBe(line[column] == '+' ? new Disclosure.Allowed(Basis.CourtOrder, OrderId: Order) : Disclosure.Restricted.Only, $"{standing} {Columns[column]}");
            }
        }
    }

    [Fact]
    public void A_consent_in_force_goes_before_an_order_and_the_own_record_before_both()
    {
        var (judge, record) = (new Viewer(Role.Judge, "own", Purpose.CourtMonitoring), new RecordShown("another", [Label.Part2], ConsentInformation.Engagement));
        var grounds = new Grounds(ConsentStanding.InForce, Consent, OrderId: Order);

        Disclosing.Decide(judge, record, grounds).ShouldBe(new Disclosure.Allowed(Basis.Consent, Consent));
        Disclosing.Decide(judge, record with { Information = ConsentInformation.Medication }, grounds).ShouldBe(new Disclosure.Allowed(Basis.CourtOrder, OrderId: Order));
        Disclosing.Decide(judge, record with { SourceAgency = "own" }, grounds).ShouldBe(new Disclosure.Allowed(Basis.OwnRecord));
    }

    [Fact]
    public void One_label_more_never_shows_more()
    {
        foreach (var (viewer, grounds, told, agency) in Cases())
        {
            foreach (var labels in Subsets())
            {
                foreach (var label in Enum.GetValues<Label>())
                    IsShown(viewer, agency, [.. labels, label], told, grounds).ShouldBeFalseUnless(IsShown(viewer, agency, labels, told, grounds), viewer, labels, label);
            }
        }
    }

    [Fact]
    public void A_private_note_is_its_authors_and_no_label_more_shows_more_to_them()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var (agency, author) in new[] { ("own", "worker-1"), ("own", "worker-2"), ("another", "worker-1") })
            {
                foreach (var labels in Subsets())
                {
                    bool Sees(IEnumerable<Label> under) => Disclosing.Decide(
                        new Viewer(role, "own", Purpose.Care) { StaffId = "worker-1" }, new RecordShown(agency, [.. under], ConsentInformation.WholeRecord) { Author = author }, Grounds.None)
                        is Disclosure.Allowed;
                    if (!Sees(labels))
                        Enum.GetValues<Label>().Any(more => Sees(labels.Append(more))).ShouldBeFalse($"{role} {agency} {author}");
                }

                Disclosing.Decide(
                    new Viewer(role, "own", Purpose.Care) { StaffId = "worker-1" },
                    new RecordShown(agency, [Label.WorkerPrivate], ConsentInformation.WholeRecord) { Author = author }, Grounds.None)
                    .ShouldBe(
                        agency == "own" && (role is Role.AgentSupervisor or Role.CoachSupervisor || (role is Role.Coach or Role.PeerSpecialist && author == "worker-1"))
                            ? new Disclosure.Allowed(Basis.OwnRecord)
                            : Disclosure.Restricted.Only, $"{role} {agency} {author}");
            }
        }
    }

    [Fact]
    public void A_revocation_a_restriction_or_more_depth_never_shows_more()
    {
        foreach (var (viewer, grounds, told, agency) in Cases())
        {
            foreach (var labels in Subsets())
            {
                var before = IsShown(viewer, agency, labels, told, grounds);
                foreach (var standing in new[] { ConsentStanding.Held, ConsentStanding.Revoked, ConsentStanding.Expired, ConsentStanding.None })
                    IsShown(viewer, agency, labels, told, grounds with { Consent = standing }).ShouldBeFalseUnless(before, viewer, labels, standing);
                IsShown(viewer, agency, labels, told, grounds with { Restricted = true }).ShouldBeFalseUnless(before, viewer, labels, "restricted");
                IsShown(viewer, agency, labels, told, grounds with { OrderId = null }).ShouldBeFalseUnless(before, viewer, labels, "no order");
                IsShown(viewer, agency, labels, ConsentInformation.WholeRecord, grounds).ShouldBeFalseUnless(before, viewer, labels, ConsentInformation.WholeRecord);
            }
        }
    }

    private static bool IsShown(Viewer viewer, string agency, IReadOnlyCollection<Label> labels, ConsentInformation told, Grounds grounds) =>
        Disclosing.Decide(viewer, new RecordShown(agency, labels, told), grounds) is Disclosure.Allowed;

    private static IEnumerable<(Viewer Viewer, Grounds Grounds, ConsentInformation Told, string Agency)> Cases() =>
        from role in Enum.GetValues<Role>()
        from purpose in Enum.GetValues<Purpose>()
        from standing in Enum.GetValues<ConsentStanding>()
        from told in new[] { ConsentInformation.Engagement, ConsentInformation.Progress, ConsentInformation.WholeRecord }
        from emergency in new[] { false, true }
        from order in new Guid?[] { null, Order }
        from agency in new[] { "own", "another" }
        select (new Viewer(role, "own", purpose, UnderGrant: true), new Grounds(standing, Consent, BreakGlass: emergency, OrderId: order), told, agency);

    /// <summary>No label, each alone, and each pair: a rule looks at no more than one at a time, and a pair shows when one overrules another.</summary>
    private static IEnumerable<Label[]> Subsets()
    {
        yield return [];
        foreach (var one in Enum.GetValues<Label>())
        {
            yield return [one];
            foreach (var two in Enum.GetValues<Label>().Where(two => two > one))
                yield return [one, two];
        }
    }
}

internal static class ShownAssertions
{
    public static void ShouldBeFalseUnless(this bool after, bool before, params object[] what)
    {
        if (after && !before)
            throw new ShouldAssertException($"Shown only after something was taken away: {string.Join(", ", what)}");
    }
}
