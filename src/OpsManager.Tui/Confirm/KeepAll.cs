using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Confirm;

/// <summary>Keep something of several runs, and say the result once.</summary>
/// <param name="Each">One <see cref="KeepAcknowledgement"/> or <see cref="KeepStage"/> for each run that has something to keep.</param>
/// <param name="Nothing">Runs in which there was nothing to keep.</param>
/// <param name="Refused">Runs that may not be acted on.</param>
internal sealed record KeepAll(IReadOnlyList<Effect> Each, KeptWords Words, int Nothing, int Refused) : Effect;

/// <summary>How results are counted in words.</summary>
internal sealed record KeptWords(string Done, string Nothing, string Refused);
