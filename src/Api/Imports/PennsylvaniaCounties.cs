namespace CaseFlow.Api.Imports;

/// <summary>
/// The 67 counties of Pennsylvania. Their FIPS codes are the odd numbers from 001 in alphabetical order, so the list is
/// the code list.
/// </summary>
public static class PennsylvaniaCounties
{
    private static readonly string[] Names =
    [
        "Adams", "Allegheny", "Armstrong", "Beaver", "Bedford", "Berks", "Blair", "Bradford", "Bucks", "Butler", "Cambria",
        "Cameron", "Carbon", "Centre", "Chester", "Clarion", "Clearfield", "Clinton", "Columbia", "Crawford", "Cumberland",
        "Dauphin", "Delaware", "Elk", "Erie", "Fayette", "Forest", "Franklin", "Fulton", "Greene", "Huntingdon", "Indiana",
        "Jefferson", "Juniata", "Lackawanna", "Lancaster", "Lawrence", "Lebanon", "Lehigh", "Luzerne", "Lycoming", "McKean",
        "Mercer", "Mifflin", "Monroe", "Montgomery", "Montour", "Northampton", "Northumberland", "Perry", "Philadelphia",
        "Pike", "Potter", "Schuylkill", "Snyder", "Somerset", "Sullivan", "Susquehanna", "Tioga", "Union", "Venango", "Warren",
        "Washington", "Wayne", "Westmoreland", "Wyoming", "York",
    ];

    /// <summary>Areas as they are recorded, for example <c>PA-045 Delaware</c>, by county name in any case.</summary>
    public static IReadOnlyDictionary<string, string> ByName { get; } = Names
        .Select((name, index) => (name, area: $"PA-{(2 * index) + 1:000} {name}"))
        .ToDictionary(county => county.name, county => county.area, StringComparer.OrdinalIgnoreCase);

    /// <summary>The same by three-digit code.</summary>
    public static IReadOnlyDictionary<string, string> ByCode { get; } = ByName.Values.ToDictionary(area => area[3..6]);
}
