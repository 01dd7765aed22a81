using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Consents;

/// <summary>
/// Where a consent stands as it is listed: by itself, and in force only while it permits something that concerns whoever looks. Every question that it covers is
/// put to the one fold that judges answers (<see cref="ConsentState.StandingOf"/>), so what was taken back of the same after it was signed stands in its way
/// here, too. Agreed restrictions are listed beside it, for those whose they are, and do not count.
/// </summary>
public static class ListedStanding
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    private static readonly Purpose[] Purposes = Enum.GetValues<Purpose>();

    private static readonly ConsentInformation[] Informations = Enum.GetValues<ConsentInformation>();

    private readonly record struct Side(string? AgencyId, AgencyKind? Kind, Guid? PersonId = null);

    /// <param name="grounds">The client's consents, this one among them, and the instant.</param>
    /// <param name="consent">The very one of <paramref name="grounds"/>.</param>
    /// <param name="reader">Who looks: a party to it, or one who watches over all.</param>
    public static ConsentStanding Of(ConsentGrounds grounds, Consent consent, Actor reader)
    {
        var alone = consent.StandingAt(grounds.At);
        if (alone != ConsentStanding.InForce)
            return alone;
        var unrestricted = grounds.Consents with { Restrictions = grounds.Consents.Restrictions.Clear() };
        ConsentStanding? inTheWay = null;
        foreach (var question in QuestionsOf(grounds, consent.Scope, reader).Where(consent.Scope.Covers))
        {
            var answer = unrestricted.StandingOf(question, grounds.At, one => ReferenceEquals(one, consent)).Standing;
            if (answer == ConsentStanding.InForce)
                return answer;
            // Nothing but what was taken back stands in the way of one in force; that may itself never have begun.
            var against = answer == ConsentStanding.None ? ConsentStanding.Revoked : answer;
            inTheWay = inTheWay < against ? inTheWay : against;
        }

        // Of what nobody could ask here, nothing stands in the way.
        return inTheWay ?? alone;
    }

    /// <summary>All of it for those who watch over records; else what the reader's agency would tell or be told, the latter as the reader reads it.</summary>
    private static IEnumerable<ConsentQuestion> QuestionsOf(ConsentGrounds grounds, ConsentScope scope, Actor reader)
    {
        var own = reader.Role is Role.PrivacyOfficer or Role.Auditor ? null : reader.Agency;
        return from discloser in Agencies(scope.Disclosers, scope.DiscloserClass)
               from recipient in Recipients()
               where own is null || discloser.AgencyId == own || recipient.AgencyId == own
               from role in Roles
               where own is null || discloser.AgencyId == own || role == reader.Role || !reader.Role.IsBesideTheTeam()
               from purpose in Purposes
               from information in Informations
               select new ConsentQuestion(discloser.AgencyId!, recipient.AgencyId, role, purpose, information)
               {
                   DisclosingKind = discloser.Kind,
                   RecipientKind = recipient.Kind,
                   RecipientPersonId = recipient.PersonId,
               };

        // Of a class: the reader's own agency where it is one of them, and any that no consent names.
        IEnumerable<Side> Agencies(IReadOnlyList<string> named, AgencyKind? ofClass)
        {
            foreach (var id in named)
                yield return new Side(id, grounds.KindOf(id));
            if (ofClass is null)
                yield break;
            yield return new Side("", ofClass);
            if (own is not null && grounds.KindOf(own) == ofClass)
                yield return new Side(own, ofClass);
        }

        IEnumerable<Side> Recipients()
        {
            foreach (var agency in Agencies(scope.Recipients, scope.RecipientClass))
                yield return agency;
            if (scope.RecipientPersonId is { } person)
                yield return new Side(null, null, person);
        }
    }
}
