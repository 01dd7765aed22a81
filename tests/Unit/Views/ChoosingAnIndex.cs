using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Caseload;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.ReferralInbox;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Unit.Views;

/// <summary>A page comes from an index: each question is put to the order of its view that narrows it most.</summary>
public sealed class ChoosingAnIndex
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 15, 0, 0, TimeSpan.Zero);
    private static readonly DutiesAsked Everything = new("demo", new DutiesOf.Jurisdiction(), default, Now);

    public static TheoryData<DutiesAsked, string, string[]> Questions => new()
    {
        { Everything, "all", [] },
        { Everything with { States = [DutyFilter.Overdue] }, "phase", ["phase=open"] },
        { Everything with { States = [DutyFilter.Verified] }, "all", [] },
        { Everything with { States = [DutyFilter.Verified, DutyFilter.MetLate] }, "phase", ["phase=discharged"] },
        { Everything with { OfficeId = "north" }, "office", ["office_id=north"] },
        { Everything with { OfficeId = "north", AgentId = "agent-7" }, "agent", ["agent_id=agent-7"] },
        { Everything with { Whose = new DutiesOf.Office("dcc", "madison") }, "office", ["office_id=madison"] },
        { Everything with { Whose = new DutiesOf.Office("dcc", "madison"), States = [DutyFilter.Sent] }, "office_phase", ["office_id=madison", "phase=open"] },
        { Everything with { Whose = new DutiesOf.Agent("agent-1"), States = [DutyFilter.Sent] }, "agent", ["agent_id=agent-1"] },
        { Everything with { ClientId = Guid.Empty, AgentId = "agent-1" }, "client", [$"client_id={Guid.Empty}"] },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Of_the_duty_queue(DutiesAsked asked, string order, string[] equalTo)
    {
        var question = ComplianceQueries.PageOf(asked, new PageWanted(50));

        question.Order.Name.ShouldBe(order);
        question.EqualTo.Select(one => $"{one.Key}={one.Value}").ShouldBe(equalTo);
        new ReferralComplianceView().Orders.ShouldContain(question.Order);
    }

    [Fact]
    public void An_askers_rights_stay_in_the_question_whatever_else_is_asked()
    {
        var asked = Everything with { Whose = new DutiesOf.Office("dcc", "madison"), OfficeId = "north", AgentId = "agent-7" };

        var where = ComplianceQueries.PageOf(asked, new PageWanted(50)).Where!;

        where.ShouldContain("office_id = @whose_office");
        where.ShouldContain("agency_id = @whose_agency");
        ComplianceQueries.PageOf(Everything with { Whose = new DutiesOf.Agent("agent-1"), AgentId = "agent-7" }, new PageWanted(50))
            .Where!.ShouldContain("agent_id = @holder");
    }

    [Fact]
    public void Of_the_other_views()
    {
        TimelineQueries.PageOf(new TimelineAsked("demo", Guid.Empty, TimelineSight.Unlabelled("dcc"), default), new PageWanted(50)).Order.Name.ShouldBe("client_agency");
        TimelineQueries.PageOf(new TimelineAsked("demo", Guid.Empty, null, default), new PageWanted(50)).Order.Name.ShouldBe("client");
        CaseloadQueries.PageOf(new CaseloadAsked("demo", default) { AgentId = "a", Office = ("dcc", "madison") }, new PageWanted(50)).Order.Name.ShouldBe("agent");
        CaseloadQueries.PageOf(new CaseloadAsked("demo", default) { Office = ("dcc", "madison") }, new PageWanted(50)).Order.Name.ShouldBe("office");
        Should.Throw<ArgumentException>(() => CaseloadQueries.PageOf(new CaseloadAsked("demo", default), new PageWanted(50)));
        InboxQueries.PageOf("demo", "provider", null, ViewInstant.Now, new PageWanted(50)).Order.Name.ShouldBe("agency");
        InboxQueries.PageOf("demo", "provider", InboxStatus.New, ViewInstant.Now, new PageWanted(50)).Order.Name.ShouldBe("agency_status");
    }

    [Fact]
    public void Every_filter_is_sql_and_names_its_phase_when_it_has_one()
    {
        foreach (var filter in Enum.GetValues<DutyFilter>())
        {
            var question = ComplianceQueries.PageOf(Everything with { States = [filter] }, new PageWanted(50));

            question.Where.ShouldNotBeNullOrWhiteSpace();
            if (question.EqualTo.TryGetValue("phase", out var phase))
                question.Where!.ShouldContain($"phase = '{phase}'");
        }
    }
}
