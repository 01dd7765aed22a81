namespace CaseFlow.Domain.Policies;

/// <summary>The code lists about who a client is, and how strong a code word must be; all [P], to be set by the jurisdiction.</summary>
/// <param name="CodeWordLetters">Fewest letters and digits of a code word by which an anonymous client is known again.</param>
/// <param name="WeakCodeWords">Words that anybody would guess, however they are written.</param>
/// <param name="DocumentKinds">Documents by which identity is verified.</param>
/// <param name="DeathVerifiers">Who may be named as having verified a death.</param>
/// <param name="Demographics">What may be asked; nothing of it must be. Race and ethnicity as one question after OMB SPD 15 (2024).</param>
/// <param name="PlaceKinds">Sorts of addresses and sleeping places.</param>
/// <param name="Languages">BCP 47 in small letters; <c>ase</c> is American Sign Language.</param>
/// <param name="Disabilities">What somebody may need to be met with.</param>
/// <param name="Accommodations">How they are met.</param>
/// <param name="Relations">What somebody is to the client.</param>
public sealed record IdentityPolicy(
    int CodeWordLetters,
    IReadOnlyList<string> WeakCodeWords,
    IReadOnlyList<string> DocumentKinds,
    IReadOnlyList<string> DeathVerifiers,
    IReadOnlyList<DemographicField> Demographics,
    IReadOnlyList<string> PlaceKinds,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Disabilities,
    IReadOnlyList<string> Accommodations,
    IReadOnlyList<string> Relations)
{
    public static IdentityPolicy Default { get; } = new(
        CodeWordLetters: 6,
        ["password", "codeword", "code word", "recovery", "sobriety", "anonymous", "unknown", "nobody", "client", "letmein", "qwerty", "abcdef", "123456", "wisconsin", "madison"],
        ["drivers-license", "state-id", "passport", "tribal-id", "birth-certificate", "social-security-card", "military-id", "corrections-id", "consular-id"],
        ["medical-examiner", "coroner", "death-certificate", "hospital", "law-enforcement", "next-of-kin"],
        [
            new("race", ["american-indian-or-alaska-native", "asian", "black-or-african-american", "hispanic-or-latino", "middle-eastern-or-north-african",
                "native-hawaiian-or-pacific-islander", "white"], Many: true),
            new("gender", ["woman", "man", "non-binary", "transgender-woman", "transgender-man", "two-spirit"], Many: true),
            new("pronouns", ["she-her", "he-him", "they-them"], Many: true),
            new("sexual-orientation", ["straight", "gay-or-lesbian", "bisexual", "queer"], Many: false),
            new("veteran", ["yes", "no"], Many: false),
            new("education", ["less-than-high-school", "high-school-or-equivalent", "some-college", "college-degree"], Many: false),
        ],
        ["home", "with-family-or-friends", "shelter", "recovery-residence", "hotel", "vehicle", "outdoors", "institution", "mailing-address"],
        ["en", "es", "hmn", "zh", "vi", "so", "ar", "fr", "ru", "ase"],
        ["hearing", "vision", "mobility", "cognition", "speech", "mental-health", "brain-injury"],
        ["interpreter", "large-print", "easy-language", "read-aloud", "step-free-access", "quiet-room", "more-time", "support-person"],
        ["parent", "child", "partner", "spouse", "sibling", "grandparent", "grandchild", "guardian", "other-relative", "friend", "sponsor", "other"]);

    public bool Equals(IdentityPolicy? other) => other is not null
        && CodeWordLetters == other.CodeWordLetters
        && Demographics.SequenceEqual(other.Demographics)
        && Lists().Zip(other.Lists(), (own, others) => own.SequenceEqual(others)).All(same => same);

    public override int GetHashCode() => HashCode.Combine(CodeWordLetters, Lists().Sum(list => list.Count), Demographics.Count);

    private IReadOnlyList<string>[] Lists() =>
        [WeakCodeWords, DocumentKinds, DeathVerifiers, PlaceKinds, Languages, Disabilities, Accommodations, Relations];
}

/// <summary>One question about a client, which they may always decline to answer, or answer in their own words.</summary>
/// <param name="Field">Its code.</param>
/// <param name="Codes">The answers to choose from.</param>
/// <param name="Many">Whether several may be chosen.</param>
public sealed record DemographicField(string Field, IReadOnlyList<string> Codes, bool Many)
{
    public bool Equals(DemographicField? other) =>
        other is not null && (Field, Many) == (other.Field, other.Many) && Codes.SequenceEqual(other.Codes);

    public override int GetHashCode() => HashCode.Combine(Field, Many, Codes.Count);
}
