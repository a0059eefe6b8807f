using System.Globalization;

namespace OpsManager.Sources.Files;

/// <summary>Names of files that are being written to take another's place: <c>NAME.PID.tmp</c> or <c>NAME.PID.NUMBER.tmp</c>.</summary>
internal static class TemporaryFile
{
    private const string End = ".tmp";

    /// <summary>
    /// The process that writes <paramref name="other"/> to take the place of <paramref name="name"/>; null where it is no such
    /// file.
    /// </summary>
    public static int? WriterOf(string other, string name)
    {
        if (other.Length <= name.Length + End.Length + 1 || other[name.Length] != '.'
            || !other.StartsWith(name, StringComparison.Ordinal) || !other.EndsWith(End, StringComparison.Ordinal))
        {
            return null;
        }

        var middle = other.AsSpan(name.Length + 1, other.Length - name.Length - 1 - End.Length);
        var dot = middle.IndexOf('.');
        var pid = dot < 0 ? middle : middle[..dot];
        var number = dot < 0 ? "0" : middle[(dot + 1)..];
        return int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var writer)
            && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? writer
            : null;
    }
}
