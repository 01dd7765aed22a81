using System.Text;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Documents;

/// <summary>Who sees what, as <c>docs/privacy.md</c> shows it: every table asks the decision itself.</summary>
internal static class PrivacyBook
{
    private static readonly IReadOnlyList<Label?> Columns = [null, .. Enum.GetValues<Label>().Select(label => (Label?)label)];

    private static readonly Role[] Roles = Enum.GetValues<Role>();

    private static readonly Purpose[] Purposes = Enum.GetValues<Purpose>();

    public static string Markdown()
    {
        var text = new StringBuilder(Text("""
            # Who sees what

            Every table here is generated from the one decision function, `Disclosing.Decide` (`src/Domain/Privacy`); its docstring names each
            rule's source. Whether somebody reaches a client at all is decided before: whom they supervise, whose record their agency opened while nobody supervises them,
            who was referred to their agency, whom they coach for a court, which court a participant's consent names. These tables say which of that client's records they then see. What is not shown leaves
            no trace: no count, no place in the order, no reason; the answer says `restricted` to everybody whose rights could leave something out.

            A consent is looked at when the question is asked. What was shown under one that is revoked now is not shown any more, also not by
            a question about the past.

            ## Labels

            A label follows from the agency or programme whose record it is, never from what it says. `LE_SENSITIVE` is refused at every door.

            | Label | Put on records of |
            |---|---|

            """));
        foreach (var (label, source) in Sources())
            text.Append($"| `{label.Code()}` | {source} |\n");
        text.Append(Text("""

            ## Purposes of use

            A token names what somebody acts for (`purpose`); one that names nothing is for the role's usual purpose. With a purpose that is not
            its role's, no route that asks for a token lets it in (403 `purpose-not-of-role`).

            | Role | Usually | Also |
            |---|---|---|

            """));
        foreach (var role in Roles)
            text.Append($"| {role.Kebab()} | {PurposesOfUse.UsualOf(role).Kebab()} | {string.Join(", ", PurposesOfUse.Of(role).Skip(1).Select(purpose => purpose.Kebab()))} |\n");
        text.Append(Text("""

            ## Records of the own agency

            Whichever of its purposes a role acts for, and whatever was consented to.


            """));
        Table(text, "Role", Roles.Select(role => (role.Kebab(), Row(role, "own", Purpose.Care, ConsentStanding.None))));
        var authors = Roles.Where(role => IsShownToAuthor(role) && !Shown(role, "own", Purpose.Care, Label.WorkerPrivate, ConsentInformation.WholeRecord, Grounds.None));
        text.Append($"\nA private note (`WORKER_PRIVATE`) is shown to whoever wrote it, too, as {string.Join(" or ", authors.Select(role => role.Kebab()))} of the same agency, whether they kept it private or a correction did.\n");
        text.Append(Text("""

            ## Records of another agency

            A combination of role and purpose that is not listed sees nothing of another agency, whatever was consented to. *consent*: while one
            is in force for exactly this disclosure, and not deeper than the next table says; none, held, revoked and expired show nothing.
            *always*: on another ground than consent (an audit grant in force, the privacy officer's watch, the client's own right).
            A consent that names no role is for whoever works on the case at the agency that it names; at a court that is its treatment team. The prosecution
            and the defence are told only by a consent that names their role, or their own office as the agency. On a court's open file stands what the
            court filed there, and nothing of another agency's, whatever was consented to.


            """));
        Table(text, "Role, purpose", from role in Roles
                                     from purpose in Purposes
                                     let cells = Columns.Select(label => Cell(role, purpose, label)).ToList()
                                     where cells.Exists(cell => cell.Length > 0)
                                     select ($"{role.Kebab()}, {purpose.Kebab()}", (IEnumerable<string>)cells));
        text.Append(Text("""

            ## How deep

            What a consent shows of a treatment, by the viewer's role.

            | Role | participation | progress | detail |
            |---|---|---|---|

            """));
        foreach (var (role, purpose) in from role in Roles from purpose in Purposes where Disclosing.DepthOf(role, purpose) is not null select (role, purpose))
            text.Append($"| {role.Kebab()} | {string.Join(" | ", Enum.GetValues<Depth>().Select(depth => Mark(depth <= Disclosing.DepthOf(role, purpose))))} |\n");
        text.Append("\nWhat a consent has to name for a fact to be shown, by depth; a fact that is not named here takes the whole record, which is detail:\n\n");
        foreach (var told in Enum.GetValues<ConsentInformation>().Where(told => told != ConsentInformation.WholeRecord))
        {
            var facts = ClientFacts().Where(fact => Told.By(fact) == told).Select(fact => $"`{ProjectionCatalogue.EventTypes.StoredName(fact)}`");
            text.Append($"- {told.Kebab()} ({Told.DepthOf(told).Kebab()}): {string.Join(", ", facts.DefaultIfEmpty("nothing yet"))}\n");
        }

        text.Append(Text("""

            ## By court order

            Records of another agency while a court order in force names the viewer's agency and exactly this information, however deep, whatever
            was consented to, taken back or restricted. An order for other than criminal purposes is none for the prosecution, one to prosecute the
            client is for prosecution and judge unless it names others, one under state law alone opens no `PART2` record, and one that investigates
            a programme shows nobody a client's record.


            """));
        Table(text, "Role, purpose", from role in Roles
                                     from purpose in Purposes
                                     let ordered = new Grounds(ConsentStanding.Revoked, Restricted: true, OrderId: Guid.Empty)
                                     let cells = Columns.Select(label => Mark(IsByOrder(role, purpose, label, ordered))).ToList()
                                     where cells.Exists(cell => cell.Length > 0)
                                     select ($"{role.Kebab()}, {purpose.Kebab()}", (IEnumerable<string>)cells));
        text.Append(Text("""

            ## In an emergency

            Records of another agency while the glass is broken, for the purpose of care, whatever was consented to or restricted.


            """));
        Table(text, "Role", from role in Roles
                            let cells = Columns.Select(label => Mark(Shown(role, "another", Purpose.Care, label, ConsentInformation.WholeRecord, new Grounds(ConsentStanding.None, BreakGlass: true)))).ToList()
                            where cells.Exists(cell => cell.Length > 0)
                            select (role.Kebab(), (IEnumerable<string>)cells));
        text.Append(Text("""

            ## The client's own page

            Who a client is and how they are reached is beside these tables: `GET /clients/{id}`, search, find by a number and possible duplicates show
            it to whoever works with the client, and ask for no consent to it. Whoever supervises somebody has to reach them, and to tell a coach whom to
            call. So a name, a birth date, an alias or a contact point told to a programme under 42 CFR Part 2 (`PART2`), to a provider under Wis. Stat.
            51.30, to a hospital or to a source of criminal justice information is shown there to whoever supervises the client next. The page says neither
            who told it nor under which law, and who opened the record only to that agency.

            | Who | What of it |
            |---|---|
            | whoever supervises the client, the agency that opened the record while nobody does, the privacy officer | all: name, birth date, aliases, contact points, numbers in other systems, how and when somebody made sure of them, a death |
            | an agency that the client was referred to, a coach for a court, whoever opened the record in an emergency | the same without numbers, and without how a death became known |
            | whoever knows a number that names one person | the client's code and id, or the same person would be registered twice |
            | a court that a consent to monitor the client names, on its packets | the name |

            Not shown there, searched by or found, and counted by no command as told, is:


            """));
        text.Append("- what victim services told (`VICTIM`), by its source or by a correction: it is for their own agency and for " + string.Join(", ", SeeVictims())
            + ". To whoever is told it by the client it is new, and a number of theirs is free to them\n");
        text.Append(Text("""
            - what a correction put under a label that no ground opens for the asker
            - what an order seals from the asker, or erased

            A number that two then have proposes them as one person to those who see both.

            """));
        return text.ToString();
    }

    /// <summary>Whom no label of victim services keeps another agency's detail from.</summary>
    private static IEnumerable<string> SeeVictims() =>
        from role in Roles
        from purpose in Purposes
        where !Disclosing.Bars(new Viewer(role, "own", purpose, UnderGrant: true), new RecordShown("another", [Label.Victim], ConsentInformation.WholeRecord))
        select $"{role.Kebab()} for {purpose.Kebab()}";

    private static string Text(string lines) => lines.ReplaceLineEndings("\n");

    private static void Table(StringBuilder text, string first, IEnumerable<(string Name, IEnumerable<string> Cells)> rows)
    {
        text.Append($"| {first} | no label | {string.Join(" | ", Columns.OfType<Label>().Select(label => $"`{label.Code()}`"))} |\n");
        text.Append($"|{string.Concat(Enumerable.Repeat("---|", Columns.Count + 1))}\n");
        foreach (var (name, cells) in rows)
            text.Append($"| {name} | {string.Join(" | ", cells)} |\n");
    }

    private static IEnumerable<string> Row(Role role, string agency, Purpose purpose, ConsentStanding standing) =>
        Columns.Select(label => Mark(Shown(role, agency, purpose, label, ConsentInformation.WholeRecord, new Grounds(standing))));

    private static string Cell(Role role, Purpose purpose, Label? label)
    {
        var shown = Enum.GetValues<ConsentStanding>()
            .Where(standing => Shown(role, "another", purpose, label, ConsentInformation.Engagement, new Grounds(standing))).ToList();
        return shown switch
        {
            [] => "",
            [ConsentStanding.InForce] => "consent",
            { Count: var count } when count == Enum.GetValues<ConsentStanding>().Length => "always",
            _ => string.Join(", ", shown),
        };
    }

    private static bool IsByOrder(Role role, Purpose purpose, Label? label, Grounds grounds) =>
        Disclosing.Decide(
            new Viewer(role, "own", purpose, UnderGrant: true),
            new RecordShown("another", label is { } one ? [one] : [], ConsentInformation.WholeRecord),
            grounds) is Disclosure.Allowed { Basis: Basis.CourtOrder };

    private static bool Shown(Role role, string agency, Purpose purpose, Label? label, ConsentInformation told, Grounds grounds) =>
        Disclosing.Decide(
            new Viewer(role, "own", purpose, UnderGrant: true),
            new RecordShown(agency, label is { } one ? [one] : [], told),
            grounds) is Disclosure.Allowed;

    private static bool IsShownToAuthor(Role role) => Disclosing.Decide(
        new Viewer(role, "own", Purpose.Care) { StaffId = "author" },
        new RecordShown("own", [Label.WorkerPrivate], ConsentInformation.WholeRecord) { Author = "author" },
        Grounds.None) is Disclosure.Allowed;

    private static string Mark(bool shown) => shown ? "✔" : "";

    private static IEnumerable<Type> ClientFacts() => EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent)));

    /// <summary>Each source is tried on the labelling itself, so the table cannot say what it does not do.</summary>
    private static IEnumerable<(Label Label, string Source)> Sources()
    {
        var agency = new Agency("one", "One", AgencyKind.Other, Part2Status.Unknown, InternalOnly: false);
        (string Source, Agency Agency, Filing Filing)[] sources =
        [
            ("a programme under 42 CFR Part 2, as the directory says", agency with { Part2 = Part2Status.Part2Program }, Filing.Usual),
            ("a provider under Wis. Stat. 51.30, as decided in the directory", With(new(Part2Status.Unknown, Wi5130: true)), Filing.Usual),
            ("a hospital, or whoever else HIPAA covers, as decided in the directory", agency with { Kind = AgencyKind.Hospital }, Filing.Usual),
            ("a source of criminal justice information, as decided in the directory", With(new(Part2Status.Unknown, Cji: true)), Filing.Usual),
            ("a programme for juveniles, as decided in the directory", With(new(Part2Status.Unknown, Juvenile: true)), Filing.Usual),
            ("victim services, as decided in the directory", With(new(Part2Status.Unknown, VictimServices: true)), Filing.Usual),
            ("a court, when it files the entry as open", agency with { Kind = AgencyKind.Court }, new Filing(File: CourtFile.Open)),
            ("a court, unless it files the entry as open", agency with { Kind = AgencyKind.Court }, Filing.Usual),
            ("a peer worker who marks a note as private", agency, new Filing(WorkerPrivate: true)),
        ];
        return sources.Select(source => (Labelling.LabelsOf(source.Agency, source.Filing).Single(), source.Source));

        Agency With(RecordStatus status) => agency with { Status = status };
    }
}
