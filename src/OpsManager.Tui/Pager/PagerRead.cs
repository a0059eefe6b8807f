using OpsManager.Sources.Local;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Pager;

/// <summary>The visible lines of the text in the pager were read.</summary>
internal sealed record PagerRead(string Path, PagerText Text) : Message;

/// <summary>The text in the pager may have changed.</summary>
internal sealed record PagerTextChanged : Message;

/// <summary>A search in the pager has come a step further.</summary>
/// <param name="Seek">The step.</param>
/// <param name="Found">Where the line starts that was found; null where none was.</param>
/// <param name="Next">Where to go on.</param>
/// <param name="IsDone">There is nothing more in this direction.</param>
/// <param name="Fault">Why the text could not be read.</param>
internal sealed record PagerSought(PagerSeek Seek, long? Found, long Next, bool IsDone, string? Fault) : Message;

/// <summary>The matches of a search were counted further.</summary>
/// <param name="Before">What was counted before.</param>
internal sealed record PagerCounted(PagerMatches Before, PagerMatches Now) : Message;

/// <summary>The files of the run whose log is open were listed.</summary>
internal sealed record LogsListed(LoopKey Run, LoopFileList Files) : Message;

/// <summary>An event names a log.</summary>
internal sealed record EventLogFound(LoopKey Run, string Path) : Message;
