using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsManager.Contract;

namespace OpsManager.Service.Http;

/// <summary>Reads what a query says; what makes no sense is refused by its name.</summary>
internal static class QueryText
{
    /// <summary>The loop that is asked for.</summary>
    /// <exception cref="Refusal">It is missing, or can be none.</exception>
    public static string LoopId(this IQueryCollection query) =>
        CheckedLoopId(query.Word("loopId") ?? throw Refusal.Invalid("loopId is missing"));

    /// <exception cref="Refusal">It can be no loop.</exception>
    public static string CheckedLoopId(string loop) => ArtifactPaths.IsLoopId(loop)
        ? loop
        : throw Refusal.Invalid("loopId cannot be a loop: it is the name of a directory under .superloop/loops");

    /// <summary>A word; null where it is not there.</summary>
    /// <exception cref="Refusal">It is there more than once.</exception>
    public static string? Word(this IQueryCollection query, string name) => query[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => one[0],
        _ => throw Refusal.Invalid($"{name} is given more than once"),
    };

    /// <summary>A whole number.</summary>
    /// <exception cref="Refusal">It is none, or out of range.</exception>
    public static long Number(this IQueryCollection query, string name, long otherwise, long most) => query.Word(name) switch
    {
        null => otherwise,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most => number,
        _ => throw Refusal.Invalid(most == long.MaxValue
            ? $"{name} must be a whole number, 0 or more"
            : string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from 0 to {most}")),
    };
}
