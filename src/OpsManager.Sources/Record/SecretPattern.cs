using System.Buffers;
using System.Text.RegularExpressions;

namespace OpsManager.Sources.Record;

/// <summary>One shape of what is redacted.</summary>
/// <param name="Kind">As the summary counts it, and as the tape shows it in place of the text.</param>
/// <param name="Markers">A text without one of these holds none: that is known much faster. Empty where nothing is known.</param>
/// <param name="Pattern">What is redacted is its group <c>v</c>, or all of it where it has none. Time grows with the text only.</param>
/// <param name="NeedsProof">What is before the value says so little that it must look like a secret by itself.</param>
internal sealed record SecretPattern(string Kind, SearchValues<string>? Markers, Regex Pattern, bool NeedsProof = false)
{
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>No text takes longer; of one that does, nothing is written.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>What is known by its shape: docs/recording.md has the same list.</summary>
    public static readonly IReadOnlyList<SecretPattern> Known =
    [
        Create("private-key", ["-----BEGIN "], @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(?:[A-Za-z0-9+/=\s:,._-]|\\+[nrt])*"),
        Create("github", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
            @"\b(?:gh[pousr]_[A-Za-z0-9]{16,255}|github_pat_[A-Za-z0-9_]{20,255})"),
        Create("gitlab", ["glpat-"], @"\bglpat-[A-Za-z0-9_-]{20,}"),
        Create("aws", ["AKIA", "ASIA"], @"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
        Create("slack", ["xox", "xapp-", "hooks.slack.com"],
            @"\b(?:xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/[A-Za-z0-9/_-]+)"),
        Create("ai-key", ["sk-"], @"\bsk-(?:ant-|proj-|svcacct-|admin-|or-)?[A-Za-z0-9_-]{20,}"),
        Create("google", ["AIza"], @"\bAIza[A-Za-z0-9_-]{35}"),
        Create("npm", ["npm_"], @"\bnpm_[A-Za-z0-9]{36}"),
        Create("huggingface", ["hf_"], @"\bhf_[A-Za-z0-9]{30,}"),
        Create("stripe", ["k_live_", "k_test_"], @"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
        Create("jwt", ["eyJ"], @"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
        Create("bearer", ["bearer", "basic"], @"(?i)\b(?:bearer|basic)\s+(?<v>[A-Za-z0-9._~+/=-]{8,})") with { NeedsProof = true },
        Create("url-password", ["://", ":\\/\\/"], @"(?i)\b[a-z][a-z0-9+.-]*:(?:\\?/){2}[^\s/@:""'\\]*:(?<v>[^\s/@""'\\]+)@"),
        Create(Named, ["passw", "pwd", "secret", "api", "key", "token", "authorization", "credential"],
            @"(?i)""[a-z0-9_.-]*(?:password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|token|authorization"
                + @"|credentials?)""\s*:\s*""(?<v>(?:[^""\\]|\\.)+)"""),
        Create(Named, ["passw", "pwd"], @"(?i)(?:password|passwd|pwd)\\*[""']?=\\*[""']?(?<v>[^\s""'\\,;&}\])<>]+)"),
        Create(Named, ["passw", "pwd", "secret", "api", "key", "token"],
            @"(?i)(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|token)\\*[""']?\s*[:=]\s*"
                + @"\\*[""']?(?<v>[^\s""'\\,;&}\])<>]{6,})") with { NeedsProof = true },
    ];

    private const string Named = "named-secret";

    /// <summary>Homes of users; the name is redacted.</summary>
    public static readonly SecretPattern Home = Create(
        "home-path", ["home", "Users"], @"(?:\\?/)(?:home|Users)(?:\\?/)(?<v>[^/\\\s""':,;()<>]+)");

    /// <summary>A pattern of the user.</summary>
    /// <exception cref="ArgumentException">It is no pattern, or one whose time cannot be bounded.</exception>
    /// <exception cref="NotSupportedException">The same.</exception>
    public static SecretPattern Own(string pattern) => new("configured", null, new Regex(pattern, Options, MaxTime));

    private static SecretPattern Create(string kind, string[] markers, string pattern) =>
        new(kind, SearchValues.Create(markers, StringComparison.OrdinalIgnoreCase), new Regex(pattern, Options, MaxTime));
}
