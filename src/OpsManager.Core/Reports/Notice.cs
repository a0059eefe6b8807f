using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Core.Reports;

/// <summary>Something that an operator should be called for.</summary>
/// <param name="At">When it was seen, by the clock of the source.</param>
/// <param name="RunId">Null where no run is named.</param>
/// <param name="Text">What happened, in one sentence that names the loop.</param>
/// <param name="Evidence">The fact behind it.</param>
public sealed record Notice(
    NoticeKind Kind, DateTimeOffset At, string Repo, string Loop, string? RunId, Lifecycle Lifecycle, string Text, string Evidence);
