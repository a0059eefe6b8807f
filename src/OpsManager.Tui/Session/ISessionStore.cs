using OpsManager.Tui.Shell;

namespace OpsManager.Tui.Session;

/// <summary>Keeps what the next session takes up again.</summary>
public interface ISessionStore
{
    /// <summary>Keeps it over the one before. Where that cannot be, the next session starts afresh.</summary>
    void Save(SessionState state);
}
