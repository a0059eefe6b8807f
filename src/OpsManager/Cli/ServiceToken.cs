using OpsManager.Contract;
using OpsManager.Contract.Words;

namespace OpsManager.Cli;

/// <summary>The token of the service: from the flag, the first line of a file, or the environment.</summary>
internal static class ServiceToken
{
    private const string Variable = VariableNames.ServiceToken;

    /// <summary>The token of the service; null where none is given.</summary>
    /// <param name="name">Of the flag.</param>
    /// <exception cref="ContractException">It is empty, or holds what no header can carry; or two are given.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? From(VerbContext context, string? flag, string name, string? file) => (flag, file) switch
    {
        ({ }, { }) => throw new ContractException("usage", $"{name} and {name}-file cannot be used together; give one of them"),
        ({ }, _) => Checked(flag, name),
        (_, { }) => Checked(context.Files.File.ReadLines(file).FirstOrDefault()?.Trim() ?? "", file),
        _ => From(context, Variable),
    };

    /// <summary>The token of a variable; null where it has none.</summary>
    /// <exception cref="ContractException">It holds what no header can carry.</exception>
    public static string? From(VerbContext context, string variable) =>
        context.Environment(variable) is { Length: > 0 } token ? Checked(token, variable) : null;

    private static string Checked(string token, string where) =>
        token.Length > 0 && token.All(static letter => letter is >= '!' and <= '~')
        ? token
        : throw new ContractException("usage", $"{where} contains no token: a token is printable ASCII without spaces");
}
