using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Consents;

/// <summary>
/// Where a consent stands as it is listed: by itself, and in force only while it permits something that concerns whoever looks. What it covers is put to the one
/// fold that judges answers (<see cref="ConsentState.StandingOf"/>), so what was taken back of the same after it was signed stands in its way here, too. Agreed
/// restrictions are listed beside it, for those whose they are, and do not count.
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
        foreach (var question in QuestionsOf(grounds, consent.Scope, reader))
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

    /// <summary>
    /// What a scope covers: all of it for those who watch over records; else what the reader's agency would tell or be told, the latter as the reader reads it.
    /// Of what no consent that was taken back tells apart, one question stands for all, so that a form that names many agencies costs as much as what was taken
    /// back, and not as much as it names.
    /// </summary>
    public static IEnumerable<ConsentQuestion> QuestionsOf(ConsentGrounds grounds, ConsentScope scope, Actor reader)
    {
        var own = reader.Role is Role.PrivacyOfficer or Role.Auditor ? null : reader.Agency;
        ConsentScope[] takenBack = [.. grounds.Consents.Consents.Where(consent => consent.WithdrawnAt(grounds.At) is not null).Select(consent => consent.Scope).Distinct()];
        return from discloser in OneOfEach(Disclosers(), takenBack, (back, one) => back.NamesDiscloser(one.AgencyId, one.Kind), IsOwn)
               let fromThem = takenBack.Where(back => back.NamesDiscloser(discloser.AgencyId, discloser.Kind)).ToArray()
               from recipient in OneOfEach(
                   Recipients().Where(one => own is null || IsOwn(discloser) || IsOwn(one)), fromThem, (back, one) => back.NamesRecipient(one.AgencyId, one.Kind, one.PersonId))
               let between = fromThem.Where(back => back.NamesRecipient(recipient.AgencyId, recipient.Kind, recipient.PersonId)).ToArray()
               from role in OneOfEach(Roles.Where(role => IsAsked(discloser, recipient, role)), between, (back, role) => back.RecipientRoles.Contains(role))
               from purpose in OneOfEach(Purposes.Where(scope.Serves), between, (back, purpose) => back.Serves(purpose))
               from information in OneOfEach(Informations.Where(scope.Names), between, (back, information) => back.Touches(information))
               select new ConsentQuestion(discloser.AgencyId!, recipient.AgencyId, role, purpose, information)
               {
                   DisclosingKind = discloser.Kind,
                   RecipientKind = recipient.Kind,
                   RecipientPersonId = recipient.PersonId,
               };

        bool IsOwn(Side side) => own is not null && side.AgencyId == own;

        // A person outside is told by name, whatever they are.
        bool IsAsked(Side discloser, Side recipient, Role role) =>
            (recipient.PersonId is not null || scope.IsFor(role, recipient.Kind))
            && (own is null || IsOwn(discloser) || role == reader.Role || !reader.Role.IsBesideTheTeam());

        IEnumerable<Side> Disclosers() => Agencies(scope.Disclosers, scope.DiscloserClass);

        IEnumerable<Side> Recipients()
        {
            foreach (var agency in Agencies(scope.Recipients, scope.RecipientClass))
                yield return agency;
            if (scope.RecipientPersonId is { } person)
                yield return new Side(null, null, person);
        }

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
    }

    /// <summary>One of all that the same scopes speak of; what is <paramref name="apart"/> besides is one of its own kind.</summary>
    private static IEnumerable<T> OneOfEach<T>(IEnumerable<T> all, ConsentScope[] scopes, Func<ConsentScope, T, bool> speaksOf, Func<T, bool>? apart = null) =>
        all.DistinctBy(one => string.Concat(scopes.Select(scope => speaksOf(scope, one) ? '1' : '0').Append(apart?.Invoke(one) == true ? '1' : '0')));
}
