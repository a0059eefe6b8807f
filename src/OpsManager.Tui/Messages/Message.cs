namespace OpsManager.Tui.Messages;

/// <summary>Something that can happen to the screen. Each feature has its own.</summary>
public abstract record Message;
