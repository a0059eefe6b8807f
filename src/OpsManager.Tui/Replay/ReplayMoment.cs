using OpsManager.Sources.Replay;

namespace OpsManager.Tui.Replay;

/// <summary>Which moment of which recording is shown: what was read for another one no longer counts.</summary>
internal readonly record struct ReplayMoment(int Index, int Change, TimeSpan At)
{
    public static ReplayMoment? From(ReplayState? state) => state is null ? null : new(state.Index, state.Change, state.At);
}
