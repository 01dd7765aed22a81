namespace CaseFlow.Domain.Agencies;

/// <summary>An agency joins the jurisdiction's directory.</summary>
public sealed record RegisterAgency(string AgencyId, string Name, AgencyKind Kind, Part2Status Part2, bool InternalOnly)
{
    public static Decision<DirectoryEvent> Decide(RegisterAgency command, DirectoryState state, DateTimeOffset now)
    {
        if (!Slug.IsValid(command.AgencyId))
            return DirectoryRejections.IdNotASlug("agencyId");
        if (state.FindAgency(command.AgencyId) is { } known)
        {
            var same = (known.Name, known.Kind, known.Part2, known.InternalOnly)
                == (command.Name, command.Kind, command.Part2, command.InternalOnly);
            return same ? Decision<DirectoryEvent>.AlreadyDone : DirectoryRejections.AgencyRegisteredDifferently(command.AgencyId);
        }

        return new AgencyRegistered(command.AgencyId, command.Name, command.Kind, command.Part2, command.InternalOnly).At(now);
    }
}
