using OpsManager.Cli;
using OpsManager.Contract.Words;
using OpsManager.Sources.Nats;

namespace OpsManager.Verbs;

/// <summary>The comparison of a stream with what it must be, as lines for a person.</summary>
/// <param name="compared">All settings, in their order.</param>
internal sealed class FleetInitText(NatsSettings settings, IReadOnlyList<FleetStreamSetting> compared)
{
    private readonly FleetStreamSetting[] differing = [.. compared.Where(static one => one.Differs)];

    private bool IsThere => compared[0].There is not null;

    private FleetStreamSetting[] Fixed => [.. differing.Where(static one => one.IsFixed)];

    /// <summary>What is there, what differs, and the commands of <c>nats</c> that do the same.</summary>
    public IEnumerable<string> Comparison =>
        !IsThere ? [$"{Stream} is not there. It is made like this:", "", .. Table(), "", .. ByHand("add", "defaults", compared)]
            : differing.Length == 0 ? [$"{Stream} is as it must be:", "", .. Table()]
            : [$"{Stream} differs:", "", .. Table(), .. Losses(), .. Edit()];

    /// <summary>Why nothing was changed, and what to do.</summary>
    public IEnumerable<string> NotApplied =>
    [
        "",
        Fixed is { Length: > 0 } unchangeable
            ? $"Nothing was changed: {string.Join(", ", unchangeable.Select(static one => one.Name))} cannot be changed on a stream that "
                + $"is there. Delete the stream, or name another one with {FlagNames.NatsStream}."
            : $"Nothing was changed. To {(IsThere ? "change" : "make")} it, give {FlagNames.Apply} too.",
    ];

    public IEnumerable<string> Applied => ["", $"{Stream} was {(IsThere ? "changed" : "made")}."];

    private string Stream => $"Stream {settings.Stream} on {settings.Shown}";

    private IEnumerable<string> Table() => TextTable.Lines(
        differing.Length > 0
            ? [["SETTING", "THERE", "MUST BE"], .. compared.SelectMany(Rows)]
            : [["SETTING", "VALUE"], .. compared.SelectMany(static one => Cells(one.Wanted)
                .Select((word, row) => new[] { row == 0 ? one.Name : "", word }))]);

    /// <summary>A subject a row; what must be is written only where it differs.</summary>
    private static IEnumerable<string[]> Rows(FleetStreamSetting one)
    {
        var (there, wanted) = (Cells(one.There!), one.Differs ? Cells(one.Wanted) : []);
        for (var row = 0; row < Math.Max(there.Length, wanted.Length); row++)
        {
            yield return
            [
                row == 0 ? one.Name : "", row < there.Length ? there[row] : "",
                row < wanted.Length ? $"{wanted[row]}{(row == 0 && one.IsFixed ? " (cannot be changed)" : "")}" : "",
            ];
        }
    }

    private static string[] Cells(string value) => value.Length == 0 ? ["none"] : value.Split(',');

    private IEnumerable<string> Losses()
    {
        string[] lines =
            [.. differing.Where(static one => one.Removes).Select(static one => $"Messages beyond {one.Name} {one.Wanted} are removed.")];
        return lines.Length == 0 ? [] : ["", .. lines];
    }

    private IEnumerable<string> Edit() => Fixed.Length > 0 ? [] : ["", .. ByHand("edit", "force", differing)];

    private IEnumerable<string> ByHand(string verb, string last, IReadOnlyList<FleetStreamSetting> of) =>
    [
        "The same by hand:",
        $"  nats {string.Join(' ', Connection())} stream {verb} {settings.Stream} \\",
        .. of.Select(static one => $"    {one.Flag} \\"),
        $"    --{last}",
    ];

    /// <summary>How <c>nats</c> reaches the same server. Credentials that are in a variable are left out.</summary>
    private IEnumerable<string> Connection() =>
        ((string?[])
        [
            $"--server={string.Join(',', settings.Servers)}",
            settings.CredentialsFile is { } credentials ? $"--creds={credentials}" : null,
            settings.NkeyFile is { } nkey ? $"--nkey={nkey}" : null,
            settings.CaFile is { } authority ? $"--tlsca={authority}" : null,
            settings.CertificateFile is { } certificate ? $"--tlscert={certificate}" : null,
            settings.CertificateKeyFile is { } key ? $"--tlskey={key}" : null,
        ]).OfType<string>();
}
