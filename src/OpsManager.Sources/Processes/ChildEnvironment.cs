using System.Collections;
using OpsManager.Contract.Words;

namespace OpsManager.Sources.Processes;

/// <summary>
/// The variables that a program is started with: those of this process without our own secrets. An ssh agent and other people's tokens
/// stay, because commands of the operator need them (docs/security.md, "Programs that are started").
/// </summary>
/// <param name="variables">Those of this process, as they are now.</param>
/// <param name="secrets">Names of further variables that hold a token of ours: those that config.yaml names.</param>
public sealed class ChildEnvironment(Func<IEnumerable<KeyValuePair<string, string>>> variables, Func<IEnumerable<string>> secrets)
{
    /// <summary>Variables that always hold a token of ours (docs/contract.md, "Command line").</summary>
    public static readonly IReadOnlyList<string> AlwaysSecret =
        [VariableNames.ServiceToken, VariableNames.SpriteToken, VariableNames.NatsCredentials];

    /// <param name="secrets">Names of further variables that hold a token of ours.</param>
    public static ChildEnvironment OfThisProcess(Func<IEnumerable<string>> secrets) => new(
        static () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(static one => KeyValuePair.Create((string)one.Key, (string?)one.Value ?? "")),
        secrets);

    /// <returns>What a program gets, each as "NAME=value".</returns>
    internal IReadOnlyList<string> Read(ChildCommand command)
    {
        var allowed = command.Variables;
        HashSet<string> hidden = [.. AlwaysSecret, .. secrets(), .. command.Settings.Select(static one => one.Key)];
        return
        [
            .. variables()
                .Where(one => !hidden.Contains(one.Key) && (allowed is null || allowed.Contains(one.Key)))
                .Concat(command.Settings)
                .Select(static one => $"{one.Key}={one.Value}"),
        ];
    }
}
