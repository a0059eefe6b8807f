using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Pager;

/// <summary>The visible lines of the text in the pager were read.</summary>
internal sealed record PagerRead(string Path, PagerText Text) : Message;
