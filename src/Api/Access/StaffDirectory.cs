using CaseFlow.Api.Composition;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Access;

/// <summary>
/// The jurisdiction's own directory as the last word on who works where. Roles that run the system itself need no entry, or
/// the first agency could never be registered.
/// </summary>
public sealed class StaffDirectory(Registers registers) : IStaffDirectory
{
    public async ValueTask<Rejection?> CheckAsync(Actor actor, CancellationToken cancellation)
    {
        if (actor.Role is Role.Administrator or Role.Service or Role.PrivacyOfficer)
            return null;

        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        return directory.Find(actor.Id)?.Post is { } post
            && post.Role == actor.Role
            && post.AgencyId == actor.Agency
            && (post.OfficeId is null || post.OfficeId == actor.Office)
                ? null
                : AccessRejections.NotInDirectory();
    }
}
