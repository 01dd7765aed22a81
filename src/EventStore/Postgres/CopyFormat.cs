using System.Text;

namespace CaseFlow.EventStore.Postgres;

/// <summary>PostgreSQL's binary COPY format, as far as the store writes and reads it.</summary>
internal static class CopyFormat
{
    /// <summary>Length of a value that is null.</summary>
    public const int Null = -1;

    /// <summary>In the place of a row's number of columns: no row follows.</summary>
    public const short End = -1;

    /// <summary>The version that begins a <c>jsonb</c> value; the rest is text.</summary>
    public const byte JsonbVersion = 1;

    /// <summary>Signature, flags and the length of an extension of the header, which nobody sends.</summary>
    public static ReadOnlySpan<byte> Header => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Ticks of 2000-01-01, from which PostgreSQL counts microseconds.</summary>
    public static readonly long EpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Day number of the same day.</summary>
    public static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>UTF-8 that refuses halves of characters, as the server would.</summary>
    public static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
