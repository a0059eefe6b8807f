using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Replay;

/// <summary>A moment of the recording as it is typed: by its clock, as a part of it, or from its start.</summary>
/// <param name="At">From the start of the recording, inside of it.</param>
/// <param name="Note">That the moment which was typed is outside of the recording; null where it is inside.</param>
internal readonly record struct SeekTime(TimeSpan At, string? Note)
{
    public const string Forms = $"at needs {ReplayTime.Forms}";

    /// <summary>Reads it; null where it is none of the forms.</summary>
    public static SeekTime? Parse(string typed, ReplayState state)
    {
        if (ReplayTime.Parse(typed) is not { } time)
        {
            return null;
        }

        if (state.RecordedAt == default)
        {
            return new(TimeSpan.Zero, "nothing was read of the recording yet");
        }

        var (start, end) = (state.RecordedAt, state.RecordedAt + state.Length);
        return new(time.In(start, state.Length, state.At), time.SideOf(start, state.Length) switch
        {
            < 0 => $"the recording starts at {Ages.Clock(start)}Z",
            > 0 => $"the recording is {Ages.Long(state.Length)} long and ends at {Ages.Clock(end)}Z",
            _ => null,
        });
    }
}
