using CaseFlow.Api.Identity;

namespace CaseFlow.Unit.Documents;

/// <summary>Documents that are generated from the code, and compared with what is committed.</summary>
public sealed class WritingTheBooks
{
    [Fact]
    public void The_book_of_events_is_the_catalogue() => Approved.File("docs/events.md").ShouldHold(EventBook.Markdown());

    [Fact]
    public async Task The_list_of_roles_is_the_routes() =>
        Approved.File("docs/roles.md").ShouldHold(RouteRoles.Markdown(await ProgramRoutes.ListAsync()));

    [Fact]
    public void Who_sees_what_is_the_decision() => Approved.File("docs/privacy.md").ShouldHold(PrivacyBook.Markdown());
}
