using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Api.DrugTests;

/// <summary>
/// Drug tests of a participation, from selection to result. Each is a new fact about the world, decided again when somebody was faster, so
/// none needs <c>If-Match</c>; what is on record already is refused or recorded once.
/// </summary>
public static class TestDoors
{
    private static readonly Role[] Court = [Role.Coordinator];
    private static readonly Role[] CourtAndLaboratory = [Role.Coordinator, Role.Service];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string testing = "/participations/{participationId:guid}/random-testing";
        const string tests = "/participations/{participationId:guid}/drug-tests";
        const string test = tests + "/{testId:guid}";
        var found = new ResultRequest(TestResult.Positive, "state-laboratory", ["fentanyl"]);

        api.MapFact(testing + "/start", (Guid participationId, TestDesk desk) => desk.StartAsync(participationId))
            .Named("startRandomTesting", "The participation takes part in the draws from tomorrow on (R31)").Allow(Court);
        api.MapFact(testing + "/end", (Guid participationId, EndTestingRequest ask, TestDesk desk) => desk.EndAsync(participationId, ask.Reason))
            .EndsWorkOnErased("nobody is drawn any more")
            .Named("endRandomTesting", "It takes part in no draw any more").Allow(Court)
            .Takes(TestShapes.End, new EndTestingRequest(TestingEndReason.OrderedByCourt));
        api.MapFact(tests, (Guid participationId, OrderTestRequest ask, TestDesk desk) => desk.OrderAsync(participationId, ask))
            .Named("orderDrugTest", "A test that nobody drew: for cause, or on a set day").Allow(Court)
            .Takes(TestShapes.Order, new OrderTestRequest(ForCause: true, "Seemed intoxicated at the hearing."))
            .Gives(new TestOrdered(Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1")), StatusCodes.Status201Created);

        api.MapFact(test + "/notify", (Guid participationId, Guid testId, NotifyRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    NotifyOfTest.Decide(new(on.Of, testId, ask.Specimen, ask.Mode, on.Rules, on.Calendar.LocalDate(when.OccurredAt), when), on.State, on.Now)))
            .Named("notifyOfDrugTest", "The participant is told; the window to give a specimen runs from now (R31)").Allow(CourtAndLaboratory)
            .Takes(TestShapes.Notify, new NotifyRequest(Specimen.Urine, ContactMode.Phone));
        api.MapFact(test + "/collect", (Guid participationId, Guid testId, CollectRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) => CollectSpecimen.Decide(
                    new(on.Of, testId, ask.Specimen, ask.IdentityChecked, ask.WitnessedBy, Sealed<string>.Of(ask.CustodyNumber), on.Rules, on.Calendar.LocalDate(when.OccurredAt), when),
                    on.State,
                    on.Now)))
            .Named("collectSpecimen", "A specimen is given: identity checked, witnessed, under chain of custody").Allow(CourtAndLaboratory)
            .Takes(TestShapes.Collect, new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-2026-0317"));
        api.MapFact(test + "/miss", (Guid participationId, Guid testId, TestDesk desk) =>
                desk.ActAsync(participationId, testId, null, (on, _) => MissTest.Decide(new(on.Of, testId, on.Rules, on.Calendar), on.State, on.Now)))
            .Named("missDrugTest", "The window passed without a specimen; what that counts as is the court's rule (R32)").Allow(Court);
        api.MapFact(test + "/refuse", (Guid participationId, Guid testId, ParticipantsWordsRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    RefuseTest.Decide(new(on.Of, testId, Sealing.Seal(ask.Words), on.Rules, on.Calendar.LocalDate(when.OccurredAt), when), on.State, on.Now)))
            .Named("refuseDrugTest", "The participant refuses to give a specimen (R32)").Allow(CourtAndLaboratory)
            .Takes(TestShapes.Words, new ParticipantsWordsRequest("I will not."));
        api.MapFact(test + "/excuse", (Guid participationId, Guid testId, ExcuseTestRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    ExcuseTest.Decide(new(on.Of, testId, Sealed<string>.Of(ask.Reason), when), on.State, on.Now), afterwards: true))
            .Named("excuseDrugTest", "A test missed, refused or given late counts for nothing").Allow(Court)
            .Takes(TestShapes.Excuse, new ExcuseTestRequest("Was in hospital that day."));

        api.MapFact(test + "/close", (Guid participationId, Guid testId, CloseTestRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    CloseTest.Decide(new(on.Of, testId, ask.Reason, on.IsErased, when), on.State, on.Now), afterwards: true))
            .EndsWorkOnErased("nothing of it can be told any more")
            .Named("closeDrugTest", "A result that will not come is awaited no longer").Allow(Court)
            .Takes(TestShapes.Close, new CloseTestRequest(TestClosure.NotReported));

        foreach (var (route, finding, name) in new[] { ("dilute", TestStatement.Dilute, "flagDiluteSpecimen"), ("adulterated", TestStatement.Adulterated, "flagAdulteratedSpecimen") })
        {
            api.MapFact($"{test}/{route}", (Guid participationId, Guid testId, WhenOnly ask, TestDesk desk) =>
                    desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                        FlagSpecimen.Decide(new(on.Of, testId, finding, on.Rules, when), on.State, on.Now), afterwards: true))
                .Named(name, $"The specimen is {route}; what that counts as is the court's rule (R32)").Allow(CourtAndLaboratory)
                .Takes(new WhenOnlyValidator(), WhenOnly.Example);
        }

        api.MapFact(test + "/result", (Guid participationId, Guid testId, ResultRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    ReportTestResult.Decide(new(on.Of, testId, ask.Outcome, ask.Laboratory, when), on.State, on.Now), afterwards: true))
            .Named("reportDrugTestResult", "What was found in a specimen that was given").Allow(CourtAndLaboratory).Takes(TestShapes.Result, found);
        api.MapFact(test + "/contest", (Guid participationId, Guid testId, ParticipantsWordsRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    ContestResult.Decide(new(on.Of, testId, Sealing.Seal(ask.Words), when), on.State, on.Now), afterwards: true))
            .Named("contestDrugTestResult", "The participant says that the result is wrong").Allow(Role.Coordinator, Role.Defence)
            .Takes(TestShapes.Words, new ParticipantsWordsRequest("I took what the dentist gave me."));
        api.MapFact(test + "/confirm", (Guid participationId, Guid testId, ResultRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) =>
                    ConfirmResult.Decide(new(on.Of, testId, ask.Outcome, ask.Laboratory, when), on.State, on.Now), afterwards: true))
            .Named("confirmDrugTestResult", "The confirmation came back, and counts from now on").Allow(CourtAndLaboratory).Takes(TestShapes.Result, found);
        api.MapFact(test + "/correct", (Guid participationId, Guid testId, CorrectTestRequest ask, TestDesk desk) =>
                desk.ActAsync(participationId, testId, ask.When, (on, when) => CorrectTest.Decide(
                    new(
                        on.Of, testId, ask.CorrectedEventId,
                        on.History.FirstOrDefault(recorded => recorded.EventId == ask.CorrectedEventId)?.Data as DrugTestEvent,
                        ask.Outcome, ask.Error, Sealed<string>.Of(ask.Reason), when)
                    {
                        Ordered = on.Ordered,
                        Reported = on.Reported,
                        Notified = on.Notified,
                        Collected = on.Collected,
                        Calendar = on.Calendar,
                        Rules = on.Rules,
                        IsToldAnew = on.IsToldAnew(testId, ask.CorrectedEventId),
                        MissedEventId = on.MissOf(testId),
                        Over = on.Over,
                    },
                    on.State,
                    on.Now), afterwards: true, ask))
            .Named("correctDrugTest", "What is on record was wrong, by an error of the laboratory, a time of ordering, notice, specimen or result for example; the record shows both").Allow(Court)
            .Takes(TestShapes.Correct, new CorrectTestRequest(
                Guid.Parse("0195d6c4-0000-7000-8000-0000000000e2"), TestError.Laboratory, "Two specimens were exchanged.", TestResult.Negative));

        api.MapAsk(tests, ReadTests.HandleAsync)
            .Named("readDrugTests", "All tests of a participation with what each counts as; they are in the court's confidential file")
            .Allow(Role.Coordinator, Role.Judge, Role.Defence)
            .Shows<ReadTests.View>(Streams.DrugTesting.Alias, (shown, _) => [shown.ClientId]).Asks(AskedMoment.Parameters).Gives(ReadTests.Example);
    }
}
