using System.Globalization;
using System.Text;

namespace OpsManager.Contract.Fleet;

/// <summary>
/// A subject of the message bus (docs/fleet.md, "Subjects"): what a message is of. A name is one token; a character that no token may
/// have is written as <c>%</c> and two hexadecimal digits of its UTF-8.
/// </summary>
/// <param name="Loop">Null for a subject of the whole sprite.</param>
/// <param name="File">The name of a file of the loop; null for another kind.</param>
public readonly record struct FleetSubject(string Sprite, string? Loop, FleetSubjectKind Kind, string? File = null)
{
    public const string DefaultPrefix = "superloop.v1";

    private const int MaxChars = 1024;

    /// <summary>The events of a loop, one message a line.</summary>
    public static FleetSubject Events(string sprite, string loop) => new(sprite, loop, FleetSubjectKind.Events);

    /// <summary>The snapshot of a loop: its last message is how it is now.</summary>
    public static FleetSubject Snapshot(string sprite, string loop) => new(sprite, loop, FleetSubjectKind.Snapshot);

    /// <summary>A small file of a loop that the snapshot does not have.</summary>
    public static FleetSubject FileOf(string sprite, string loop, string file) => new(sprite, loop, FleetSubjectKind.File, file);

    /// <summary>Requests to carry out a control.</summary>
    public static FleetSubject Control(string sprite) => new(sprite, null, FleetSubjectKind.Control);

    /// <summary>The state of the sprite's publisher: that another one publishes under the same name.</summary>
    public static FleetSubject Publisher(string sprite) => new(sprite, null, FleetSubjectKind.Publisher);

    /// <summary>
    /// The subjects that the stream has: all but the requests to carry out a control, which nobody may find there later.
    /// </summary>
    public static IReadOnlyList<string> StreamSubjects(string prefix) =>
        [$"{prefix}.*.*.events", $"{prefix}.*.*.snapshot", $"{prefix}.*.*.file.*", $"{prefix}.*.publisher"];

    public string Text(string prefix) => Kind switch
    {
        FleetSubjectKind.Events => $"{prefix}.{Token(Sprite)}.{Token(Loop!)}.events",
        FleetSubjectKind.Snapshot => $"{prefix}.{Token(Sprite)}.{Token(Loop!)}.snapshot",
        FleetSubjectKind.File => $"{prefix}.{Token(Sprite)}.{Token(Loop!)}.file.{Token(File!)}",
        FleetSubjectKind.Control => $"{prefix}.{Token(Sprite)}.control",
        _ => $"{prefix}.{Token(Sprite)}.publisher",
    };

    /// <summary>What a subject is of; null where it is none of ours.</summary>
    public static FleetSubject? Parse(string prefix, string subject)
    {
        if (subject.Length > MaxChars
            || subject.Length <= prefix.Length + 1
            || !subject.StartsWith(prefix, StringComparison.Ordinal)
            || subject[prefix.Length] != '.')
        {
            return null;
        }

        return subject[(prefix.Length + 1)..].Split('.') switch
        {
            [var sprite, "control"] => Named(sprite, null, FleetSubjectKind.Control, null),
            [var sprite, "publisher"] => Named(sprite, null, FleetSubjectKind.Publisher, null),
            [var sprite, var loop, "events"] => Named(sprite, loop, FleetSubjectKind.Events, null),
            [var sprite, var loop, "snapshot"] => Named(sprite, loop, FleetSubjectKind.Snapshot, null),
            [var sprite, var loop, "file", var file] => Named(sprite, loop, FleetSubjectKind.File, file),
            _ => null,
        };
    }

    /// <summary>A name as one token.</summary>
    public static string Token(string name)
    {
        if (name.Length > 0 && name.All(IsPlain))
        {
            return name;
        }

        var text = new StringBuilder(name.Length + 8);
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            if (IsPlain((char)unit))
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return text.ToString();
    }

    private static FleetSubject? Named(string sprite, string? loop, FleetSubjectKind kind, string? file) =>
        Name(sprite) is { } sprite2 && (loop is null || Name(loop) is not null) && (file is null || Name(file) is not null)
            ? new FleetSubject(sprite2, loop is null ? null : Name(loop), kind, file is null ? null : Name(file))
            : null;

    /// <summary>The name that a token is of; null where none is written so: every name has one token only.</summary>
    private static string? Name(string token)
    {
        if (token.Length == 0)
        {
            return null;
        }

        if (token.All(IsPlain))
        {
            return token;
        }

        var bytes = new List<byte>(token.Length);
        for (var at = 0; at < token.Length; at++)
        {
            if (token[at] != '%')
            {
                bytes.Add((byte)token[at]);
                continue;
            }

            if (at + 2 >= token.Length
                || !byte.TryParse(token.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                return null;
            }

            bytes.Add(unit);
            at += 2;
        }

        var name = Encoding.UTF8.GetString([.. bytes]);
        return Token(name) == token ? name : null;
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
