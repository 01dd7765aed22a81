using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using FluentValidation;

namespace CaseFlow.Api.Disclosures;

/// <summary>What was told by paper, phone, fax or in person; a disclosure that a rule stops is put on record, too.</summary>
public static class RecordDisclosureDoor
{
    private const int MostContent = 20;

    /// <param name="DisclosureId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
    /// <param name="DisclosingAgency">Whose record it is; the own agency when left out.</param>
    /// <param name="RecipientAgency">Left out for somebody outside of any agency here.</param>
    /// <param name="RecipientName">Name and address of who was told, stored sealed.</param>
    /// <param name="Content">What was told, as codes.</param>
    /// <param name="Description">The same in plain words, stored sealed.</param>
    /// <param name="BasisId">The consent, court order, audit grant or emergency access.</param>
    /// <param name="NoticeVersion">Of the notice on redisclosure that went with it.</param>
    /// <param name="When">When it was told; now when left out.</param>
    /// <param name="Law">The law, or the order made under it, that asks for it, as a code; asked for with the basis requiredByLaw.</param>
    public sealed record Request(
        DisclosurePurpose Purpose,
        IReadOnlyList<string> Content,
        DisclosureBasis Basis,
        DisclosureMethod Method,
        Guid? DisclosureId = null,
        string? DisclosingAgency = null,
        string? RecipientAgency = null,
        Role? RecipientRole = null,
        string? RecipientName = null,
        Guid? BasisId = null,
        string? NoticeVersion = null,
        string? Description = null,
        WhenPart? When = null,
        string? Law = null);

    public sealed record Recorded(Guid DisclosureId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.DisclosureId).MustBeANewId();
            RuleFor(request => request.DisclosingAgency).MustBeSlug();
            RuleFor(request => request.RecipientAgency).MustBeSlug();
            RuleFor(request => request.RecipientName).MustBeText(400);
            RuleFor(request => request.NoticeVersion).MustBeSlug();
            RuleFor(request => request.Law).MustBeSlug();
            RuleFor(request => request.Content).NotNull().Must(codes => codes is null || codes.Count is > 0 and <= MostContent)
                .WithErrorCode("count").WithMessage($"1 to {MostContent} codes.");
            RuleForEach(request => request.Content).NotNull().MustBeSlug();
            RuleFor(request => request.Description).MustBeText();
            this.MayStateWhen(request => request.When);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/clients/{clientId:guid}/disclosures", HandleAsync)
        .Named("recordDisclosure", "Something of the record was told by paper, phone, fax or in person")
        .Allow(Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.PrivacyOfficer)
        .Takes(new Validator(), new Request(
            DisclosurePurpose.RequiredByLaw, ["attendance"], DisclosureBasis.RequiredByLaw, DisclosureMethod.Phone, DisclosingAgency: "dcc",
            RecipientName: "County medical examiner", Law: "wis-stat-979-01"))
        .Gives(new Recorded(Guid.Parse("0195d6c4-0000-7000-8000-00000000000c")), StatusCodes.Status201Created);

    private static Task<IResult> HandleAsync(
        Guid clientId, Request ask, Actor actor, CommandDesk desk, ClientAccess access, Registers registers, JurisdictionTime time, Persons persons,
        EndsInTheLog ends, ClientMatters matters)
    {
        var disclosureId = ask.DisclosureId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Disclosures, StreamIds.Disclosures(clientId));
            var created = Answer.Created(stream, $"/api/clients/{clientId}/accounting", new Recorded(disclosureId));
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (!await access.EnterAsync(session, clientId, client.State, ClientReach.Contact))
                return created;
            if ((ask.DisclosingAgency ?? actor.Agency) is not { } discloser || (discloser != actor.Agency && actor.Role != Role.PrivacyOfficer))
            {
                session.Refuse(DisclosureRejections.NotOwnAgency());
                return created;
            }

            var directory = await registers.DirectoryAsync(actor.Jurisdiction, session.Cancellation);
            var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
            // Told again without a time, it is the disclosure that was told.
            var when = ask.When is null && stream.State.Made.GetValueOrDefault(disclosureId) is { } told
                ? When.At(told.OccurredAt)
                : await time.WhenAsync(actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
            var asked = CommandOf(clientId, disclosureId, discloser, ask, when);
            var labels = Labelling.LabelsOf(directory.FindAgency(discloser), Filing.Usual);
            // Guarded: what is taken back at the same time, on any record of the person, counts before or after.
            var others = new List<ConsentState>();
            var records = await persons.RecordsOfAsync(actor.Jurisdiction, clientId, session.Cancellation);
            foreach (var other in records.Where(other => other != clientId))
                others.Add((await session.LoadAsync(Streams.Consents, StreamIds.Consents(other))).State);
            var ended = await ends.EndingAsync(actor, records, [consents.State, .. others], directory, session.Cancellation);
            var heldFrom = new DisclosureGrounds(GroundsOf(consents.State), [.. others.Select(GroundsOf)], labels) { Granted = Granted(), Opening = await OpeningAsync() }.HeldFrom(asked);
            var decision = RecordDisclosure.Decide(asked, stream.State, labels, heldFrom is not null, session.Now, agency => directory.FindAgency(agency) is not null);
            // On record by the consents that it was decided on, and before anybody is told that it was stopped.
            if (decision.Rejection is { } refused && BlockDisclosure.RuleOf(refused) is { } rule)
                session.RefuseOnRecord(stream, refused, BlockDisclosure.Decide(new(asked, rule), stream.State, session.Now), About);
            else
                session.Record(stream, decision, About);
            if (decision.Events.Count > 0 && asked.Basis == DisclosureBasis.WithoutBasis)
                await BreachSuspicions.RecordAsync(session, SuspectBreach.Of(asked, actor.Id), time);
            if (heldFrom is { } from && consents.State.Find(ask.BasisId!.Value) is { } consent && consent.IsForOnceAt(from))
            {
                var spent = new RecordConsentCondition(clientId, consent.ConsentId, ConsentCondition.DisclosureMade, actor.Id, when);
                session.Record(consents, RecordConsentCondition.Follow(spent, consents.State, session.Now), About);
            }

            return created;

            ConsentGrounds GroundsOf(ConsentState state) => new(ended(state), when.OccurredAt, directory.KindOf);

            (AuditGrant Grant, string? Agency)? Granted() => ask.BasisId is { } id && directory.AuditGrants.GetValueOrDefault(id) is { } grant
                ? (grant, directory.Find(grant.AuditorId)?.Post.AgencyId)
                : null;

            async Task<EmergencyAccess?> OpeningAsync() =>
                ask is { Basis: DisclosureBasis.EmergencyAccess, BasisId: { } id } && (await matters.EmergencyAsync(session, id)).State.Find(id) is { } opening
                    && records.Contains(opening.Used.ClientId)
                    ? opening
                    : null;

            Circumstances About(Circumstances about) =>
                about with { RecordOf = discloser == actor.Agency ? null : discloser, LegalBasis = ask.BasisId?.ToString() };
        });
    }

    private static RecordDisclosure CommandOf(Guid clientId, Guid disclosureId, string discloser, Request ask, When when) => new(
        clientId,
        disclosureId,
        discloser,
        new DisclosureRecipient(ask.RecipientAgency, ask.RecipientRole, StaffId: null),
        ask.Purpose,
        ask.Content,
        ask.Basis,
        ask.BasisId,
        ask.NoticeVersion,
        ask.Method,
        Sealing.Seal(ask.Description),
        Sealing.Seal(ask.RecipientName),
        when)
    { Law = ask.Law };
}
