using OpsManager.Tui.Shell;

namespace OpsManager.Tui.Session;

/// <summary>Saves what the next session starts with.</summary>
public interface ISessionStore
{
    /// <summary>Keeps it over the one before. Where that cannot be, the next session starts afresh.</summary>
    void Save(SessionState state);
}
