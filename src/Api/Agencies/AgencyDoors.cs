using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Api.Agencies;

/// <summary>
/// The directory: agencies, offices, programmes, staff. It is one stream for the whole jurisdiction, so none of its commands
/// asks for <c>If-Match</c>: two administrators in two offices would only be in each other's way. Each is decided again when
/// somebody was faster, and safe to repeat.
/// </summary>
public static class AgencyDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/agencies", (RegisterAgencyRequest ask, Actor actor, CommandDesk desk) => desk.DirectoryAsync(actor, (state, now) =>
                RegisterAgency.Decide(new(ask.AgencyId, ask.Name, ask.Kind, ask.Part2, ask.InternalOnly), state, now)))
            .Named("registerAgency", "An agency joins the directory").Allow(Role.Administrator)
            .Takes(new RegisterAgencyRequestValidator(), RegisterAgencyRequest.Example);
        api.MapFact("/agencies/{agencyId}/offices", (string agencyId, OpenOfficeRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => OpenOffice.Decide(new(agencyId, ask.OfficeId, ask.Name), state, now)))
            .Named("openOffice", "An agency opens an office").Allow(Role.Administrator)
            .Takes(new OpenOfficeRequestValidator(), OpenOfficeRequest.Example);
        api.MapFact("/agencies/{agencyId}/offices/{officeId}/close", (string agencyId, string officeId, BecauseRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => CloseOffice.Decide(new(agencyId, officeId, ask.Reason), state, now)))
            .Named("closeOffice", "An office closes; nobody may be left working there").Allow(Role.Administrator)
            .Takes(new BecauseRequestValidator(), BecauseRequest.Example);
        api.MapFact("/agencies/{agencyId}/programs", (string agencyId, OpenProgramRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => OpenProgram.Decide(new(agencyId, ask.ProgramId, ask.Name, ask.Intercept), state, now)))
            .Named("openProgram", "An agency opens a programme").Allow(Role.Administrator)
            .Takes(new OpenProgramRequestValidator(), OpenProgramRequest.Example);
        api.MapFact("/agencies/{agencyId}/programs/{programId}/close", (string agencyId, string programId, BecauseRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => CloseProgram.Decide(new(agencyId, programId, ask.Reason), state, now)))
            .Named("closeProgram", "A programme comes to its end").Allow(Role.Administrator)
            .Takes(new BecauseRequestValidator(), BecauseRequest.Example);

        api.MapFact("/agencies/{agencyId}/record-status", (string agencyId, RecordStatusRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => DecideRecordStatus.Decide(new(agencyId, ask.ProgramId, ask.Status, ask.Reason), state, now)))
            .Named("decideRecordStatus", "Under which law an agency's or a programme's records are: it labels what they record from now on")
            .Allow(Role.Administrator, Role.PrivacyOfficer)
            .Takes(new RecordStatusRequestValidator(), RecordStatusRequest.Example);

        api.MapFact("/staff", (EngageStaffRequest ask, Actor actor, CommandDesk desk) => desk.DirectoryAsync(actor, (state, now) =>
                EngageStaffMember.Decide(new(ask.StaffId, ask.Role, ask.AgencyId, ask.OfficeId), state, now)))
            .Named("engageStaffMember", "Somebody starts to work for an agency").Allow(Role.Administrator)
            .Takes(new EngageStaffRequestValidator(), EngageStaffRequest.Example);
        api.MapFact("/staff/{staffId}/move", (string staffId, MoveStaffRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => MoveStaffMember.Decide(new(staffId, ask.AgencyId, ask.OfficeId), state, now)))
            .Named("moveStaffMember", "Somebody changes office or agency").Allow(Role.Administrator)
            .Takes(new MoveStaffRequestValidator(), MoveStaffRequest.Example);
        api.MapFact("/staff/{staffId}/depart", (string staffId, BecauseRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => RecordDeparture.Decide(new(staffId, ask.Reason), state, now)))
            .Named("recordDeparture", "Somebody stops working here").Allow(Role.Administrator)
            .Takes(new BecauseRequestValidator(), BecauseRequest.Example);
        api.MapFact("/staff/{staffId}/supervisor", (string staffId, AssignSupervisorRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => AssignSupervisor.Decide(new(staffId, ask.SupervisorId), state, now)))
            .Named("assignSupervisor", "Who supervises a staff member from now on").Allow(Role.Administrator)
            .Takes(new AssignSupervisorRequestValidator(), AssignSupervisorRequest.Example);
        api.MapFact("/staff/{staffId}/oversight", (string staffId, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => AssignOversight.Decide(new(staffId), state, now)))
            .Named("assignOversight", "A supervisor sees the whole jurisdiction's duty queue").Allow(Role.Administrator);
        api.MapFact("/staff/{staffId}/oversight/end", (string staffId, BecauseRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => EndOversight.Decide(new(staffId, ask.Reason), state, now)))
            .Named("endOversight", "A supervisor sees the own office's duty queue again").Allow(Role.Administrator)
            .Takes(new BecauseRequestValidator(), BecauseRequest.Example);

        GiveAuditGrantDoor.Map(api);
        api.MapFact("/audit-grants/{grantId:guid}/end", (Guid grantId, BecauseRequest ask, Actor actor, CommandDesk desk) =>
                desk.DirectoryAsync(actor, (state, now) => EndAuditGrant.Decide(new(grantId, ask.Reason), state, now)))
            .Named("endAuditGrant", "An audit grant ends before its time").Allow(Role.Administrator)
            .Takes(new BecauseRequestValidator(), BecauseRequest.Example);

        api.MapAsk("/directory", ReadDirectory.Handle)
            .Named("readDirectory", "Who exists, who works where, who supervises whom")
            .Allow(Role.Administrator, Role.PrivacyOfficer, Role.AgentSupervisor, Role.CoachSupervisor)
            .ShowsNobody("agencies and staff")
            .Gives(ReadDirectory.Example);
    }

    private static Task<IResult> DirectoryAsync(
        this CommandDesk desk, Actor actor, Func<DirectoryState, DateTimeOffset, Decision<DirectoryEvent>> decide) =>
        desk.RunAsync(Streams.Directory, StreamIds.Directory(actor.Jurisdiction), decide);
}
