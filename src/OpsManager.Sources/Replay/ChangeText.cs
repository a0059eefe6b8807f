using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Text;

namespace OpsManager.Sources.Replay;

/// <summary>A recorded change in a few words: its first step, and how many more there are.</summary>
internal static class ChangeText
{
    /// <param name="from">The first step of the change.</param>
    /// <param name="to">Behind its last one.</param>
    public static string? From(IReadOnlyList<TapeStep> steps, int from, int to)
    {
        string? first = null;
        var more = 0;
        for (var i = from; i < to; i++)
        {
            if (Text(steps[i]) is { } text)
            {
                (first, more) = (first ?? text, first is null ? 0 : more + 1);
            }
        }

        return more == 0 ? first : string.Create(CultureInfo.InvariantCulture, $"{first} +{more}");
    }

    private static string? Text(TapeStep step) => step switch
    {
        TapeRemark remark => SafeText.Clean(remark.Text),
        TapePut put when put.Path.EndsWith('/') => $"{Name(put.Path.TrimEnd('/'))} made",
        TapePut put => $"{Name(put.Path)} written",
        TapeAppend append => $"{Name(append.Path)} grew",
        TapeRemove { Fault: not null } remove => $"{Name(remove.Path)} not readable",
        TapeRemove remove => $"{Name(remove.Path)} removed",
        TapeProcess { Pid: 0 } => null,
        TapeProcess { IsUnreadable: true } process => $"process {Number(process.Pid)} not readable",
        TapeProcess { Alive: true } process => $"process {Number(process.Pid)} {process.State.Word()}",
        TapeProcess process => $"process {Number(process.Pid)} exited",
        _ => null,
    };

    private static string Name(string path) => SafeText.Clean(path[(path.LastIndexOf('/') + 1)..]);

    private static string Number(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
