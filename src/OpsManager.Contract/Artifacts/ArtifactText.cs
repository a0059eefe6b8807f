using System.Globalization;
using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>Small helpers on the bytes of an artifact.</summary>
public static class ArtifactText
{
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => JsonText.WithoutMark(utf8);

    /// <summary>
    /// JSON is UTF-8. The JSON reader lets other bytes pass inside strings, and they would fail only where the string is used.
    /// </summary>
    public static bool IsUtf8(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text);

    public const string NotUtf8 = "it holds bytes that are not UTF-8";

    public static bool IsBlank(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>"line 3, column 12: …" with numbers from 1, and what is wrong there.</summary>
    public static string Fault(JsonException error)
    {
        var line = (error.LineNumber ?? 0) + 1;
        var column = (error.BytePositionInLine ?? 0) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: {Fault(error.Message)}");
    }

    /// <summary>The JSON reader's message without the position that it repeats and the .NET types that it names.</summary>
    public static string Fault(string message)
    {
        const string Missing = "was missing required properties including:";
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : end;
        var text = end < 0 ? message : message[..end];
        if (text.Contains("could not be converted to", StringComparison.Ordinal))
        {
            return "the value is not of the kind that is expected here";
        }

        if (text.Contains("doesn't allow null values", StringComparison.Ordinal)
            || text.Contains("cannot be null", StringComparison.Ordinal))
        {
            return "a field is null that must not be";
        }

        var missing = text.IndexOf(Missing, StringComparison.Ordinal);
        return missing < 0 ? text : $"required fields are missing:{text[(missing + Missing.Length)..]}";
    }

    public static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        _ => "something else",
    };
}
