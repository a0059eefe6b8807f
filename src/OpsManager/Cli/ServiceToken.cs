using OpsManager.Contract;

namespace OpsManager.Cli;

/// <summary>The token of the service: from the flag, the first line of a file, or the environment.</summary>
public static class ServiceToken
{
    private const string Variable = "OPS_MANAGER_SERVICE_TOKEN";

    /// <summary>The token; null where none is given.</summary>
    /// <exception cref="ContractException">It is empty, or holds what no header can carry; or two are given.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Of(VerbContext context, string? flag, string? file) => (flag, file) switch
    {
        ({ }, { }) => throw new ContractException("usage", "--token and --token-file do not go together"),
        ({ }, _) => Checked(flag, "--token"),
        (_, { }) => Checked(context.Files.File.ReadLines(file).FirstOrDefault()?.Trim() ?? "", file),
        _ => context.Environment(Variable) is { Length: > 0 } token ? Checked(token, Variable) : null,
    };

    private static string Checked(string token, string where) => token.Length > 0 && token.All(static letter => letter is >= '!' and <= '~')
        ? token
        : throw new ContractException("usage", $"{where} holds no token: one is printable ASCII without spaces");
}
