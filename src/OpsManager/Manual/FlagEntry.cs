using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace OpsManager.Manual;

/// <summary>One option of a verb, as the help, the documents, the man page and the completions have it.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What follows it, such as <c>FILE</c>; empty where nothing does.</param>
/// <param name="Choices">The values that are known; empty where any will do.</param>
/// <param name="About">A sentence or two, with the default.</param>
internal sealed record FlagEntry(
    string Name, IReadOnlyList<string> Aliases, string Value, IReadOnlyList<string> Choices, string About, bool IsRequired,
    bool IsRepeatable)
{
    /// <summary>Every spelling and the value: <c>-h, -?, --help</c>, <c>--repo REPO</c>.</summary>
    public string Heading => $"{string.Join(", ", Aliases.Append(Name))}{(Value.Length > 0 ? $" {Value}" : "")}";

    /// <summary>The text about it, and that it is required.</summary>
    public string Text => IsRequired ? $"{About} Required." : About;

    /// <summary>Every spelling of it.</summary>
    public IEnumerable<string> Names => Aliases.Append(Name);

    public static FlagEntry From(Option option)
    {
        var isSwitch = option.ValueType == typeof(bool) || option.ValueType == typeof(void) || option.Arity.MaximumNumberOfValues == 0;
        string[] choices = isSwitch ? [] : [.. option.GetCompletions(CompletionContext.Empty).Select(static one => one.Label)];
        return new(
            option.Name,
            [.. option.Aliases.Where(static one => one.StartsWith('-')).Order(StringComparer.Ordinal)],
            isSwitch ? "" : option.HelpName ?? Placeholder(option, choices),
            choices,
            Described(option, isSwitch),
            option.Required,
            option.Arity.MaximumNumberOfValues > 1);
    }

    private static string Described(Option option, bool isSwitch)
    {
        var text = option.Description ?? "";
        return isSwitch || !option.HasDefaultValue || text.Contains("Default: ", StringComparison.Ordinal)
            || Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) is not { Length: > 0 } usual
            ? text
            : $"{text} Default: {usual}.";
    }

    private static string Placeholder(Option option, string[] choices)
    {
        var type = option.ValueType;
        return choices.Length > 0 ? string.Join('|', choices)
            : type == typeof(int) || type == typeof(int?) || type == typeof(long?) || type == typeof(double?) ? "N"
            : type == typeof(TimeSpan?) ? "TIME"
            : option.Name[(option.Name.LastIndexOf('-') + 1)..].ToUpperInvariant();
    }
}
