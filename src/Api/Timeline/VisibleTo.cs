using CaseFlow.Api.Http;
using CaseFlow.Domain;

namespace CaseFlow.Api.Timeline;

/// <summary>Through whose eyes an auditor looks at the past: what a role of an agency could see then (domain reference 0.4).</summary>
public sealed record VisibleTo(Role? Role, string? AgencyId)
{
    /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("visibleToRole", "For an auditor: only what this role could see at the moment asked about; together with visibleToAgency.", Words: [.. EnumNames.AllKebab<Role>()]),
        new("visibleToAgency", "For an auditor: of which agency the role is."),
    ];

    /// <exception cref="UnreadableRequestException">A parameter has the wrong form, or one is given without the other.</exception>
    public static ValueTask<VisibleTo?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var (role, agency) = (query.Text("visibleToRole"), query.SlugId("visibleToAgency"));
        var known = EnumNames.FromKebab<Role>(role);
        if (role is not null && known is null)
            throw QueryReader.Bad("visibleToRole", $"One of {string.Join(", ", EnumNames.AllKebab<Role>())}.");
        return (known is null) == (agency is null)
            ? new(new VisibleTo(known, agency))
            : throw QueryReader.Bad("visibleToRole", "Together with visibleToAgency, or neither.");
    }
}
