using System.Globalization;
using CaseFlow.Api.Http;

namespace CaseFlow.Api.Asking;

/// <summary>Which moment a question is about, on both axes (docs/decisions/0004), and which write its answer must show.</summary>
/// <param name="AsOf">What had occurred by then; may lie ahead, to see what will be due.</param>
/// <param name="AsRecorded">What the system held then; not ahead.</param>
/// <param name="AsRecordedPosition">What the system held at a log position, as an answer showed it.</param>
/// <param name="AtLeast">The write that must show: a <c>CaseFlow-Recorded</c>.</param>
public sealed record AskedMoment(DateTimeOffset? AsOf, DateTimeOffset? AsRecorded, long? AsRecordedPosition, long? AtLeast)
{
    /// <summary>Names the write that an answer must show.</summary>
    public const string ConsistentHeader = "If-Consistent-With";

    /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("asOf", "What had occurred by then, with all that is recorded; may lie ahead.", QueryType.Time),
        new("asRecorded", "What the system held then; not together with asRecordedPosition.", QueryType.Time),
        new("asRecordedPosition", "What the system held at the position of an earlier answer: the same answer for ever.", QueryType.Number),
        new(ConsistentHeader, "The CaseFlow-Recorded of a write that the answer must show; waited for, then 503.", QueryType.Number, InHeader: true),
    ];

    /// <summary>Whether nothing about the past was asked.</summary>
    public bool IsNow => AsOf is null && AsRecorded is null && AsRecordedPosition is null;

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="UnreadableRequestException">One has the wrong form, or two contradict each other.</exception>
    public static ValueTask<AskedMoment?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var asked = new AskedMoment(query.Time("asOf"), query.Time("asRecorded"), query.Number("asRecordedPosition"), Token(context.Request));
        return asked is { AsRecorded: not null, AsRecordedPosition: not null }
            ? throw QueryReader.Bad("asRecordedPosition", "Not together with asRecorded.")
            : new(asked);
    }

    private static long? Token(HttpRequest request) => request.Headers[ConsistentHeader] switch
    {
        [] => null,
        [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var token) => token,
        _ => throw QueryReader.Bad(ConsistentHeader, "The CaseFlow-Recorded of an answer, once."),
    };
}
