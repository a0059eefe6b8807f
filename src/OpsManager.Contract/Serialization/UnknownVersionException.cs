using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// A file of the manager is of a schema version that is not known here. It may hold what this program cannot keep, so it is never
/// replaced, whatever was asked for.
/// </summary>
public sealed class UnknownVersionException(string code, string message) : ContractException(code, message)
{
    private const string Field = "schemaVersion";
    private const int MaxShown = 40;

    /// <summary>Checks a file that was kept. One without a version is taken as it is: partial ones of other tools have none.</summary>
    /// <param name="file">How the message begins: the file.</param>
    /// <param name="remedy">What to do besides moving the file away.</param>
    /// <exception cref="UnknownVersionException">It has another version.</exception>
    public static void Check(JsonElement root, string code, string file, string remedy)
    {
        if (root.Field(Field) is { } version && root.Text(Field) != ContractVersion.V1)
        {
            var shown = version.GetRawText();
            throw new UnknownVersionException(
                code,
                $"{file} cannot be used: {Field} is {(shown.Length > MaxShown ? shown[..MaxShown] + "…" : shown)}, expected "
                    + $"\"{ContractVersion.V1}\"; another version wrote it: {remedy}, or move the file away to start over");
        }
    }
}
