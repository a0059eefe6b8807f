namespace OpsManager.Tui.Terminal;

/// <summary>A program that shares one terminal among several.</summary>
public enum Multiplexer
{
    None, Tmux, Screen,
}
