using System.CommandLine;
using System.CommandLine.Completions;

namespace OpsManager.Manual;

/// <summary>What a verb takes besides its options.</summary>
/// <param name="Choices">The values that are known; empty where any will do.</param>
internal sealed record ArgumentEntry(string Name, IReadOnlyList<string> Choices, string About, bool IsRequired, bool IsRepeatable)
{
    /// <summary>As the usage has it: <c>FILE...</c>, <c>[CODE]</c>.</summary>
    public string Usage
    {
        get
        {
            var name = IsRepeatable ? $"{Name}..." : Name;
            return IsRequired ? name : $"[{name}]";
        }
    }

    public static ArgumentEntry From(Argument argument)
    {
        string[] choices = [.. argument.GetCompletions(CompletionContext.Empty).Select(static one => one.Label)];
        return new(
            argument.HelpName ?? (choices.Length > 0 ? string.Join('|', choices) : argument.Name.ToUpperInvariant()),
            choices,
            argument.Description ?? "",
            argument.Arity.MinimumNumberOfValues > 0,
            argument.Arity.MaximumNumberOfValues > 1);
    }
}
