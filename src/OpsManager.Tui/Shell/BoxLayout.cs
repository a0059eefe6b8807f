using System.Drawing;

namespace OpsManager.Tui.Shell;

/// <summary>What is over the panes: where, how many of its rows are visible, and how many it has.</summary>
internal sealed record BoxLayout(Rectangle Area, int Visible, int Count);
