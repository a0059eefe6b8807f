using OpsManager.Sources.Local;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>The files of the current run's loop were listed.</summary>
internal sealed record FilesListed(LoopKey Loop, LoopFileList Files) : Message;
