using OpsManager.Contract.Text;
using OpsManager.Control.Act;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Session;

/// <summary>The result of verifying what was done by hand, in one line. The rest of it is in the tab Control.</summary>
internal static class HandText
{
    public static ToastRequested Of(VerifyByHand effect, ControlResult result)
    {
        var what = $"the {IntentText.Noun(effect.Intent.Word)} of {effect.Run.Loop}";
        var more = result.AuditFault is { } fault ? $"; this could not be recorded: {SafeText.Clean(fault)}" : "";
        return result.Outcome switch
        {
            Outcome.Success { DecidedBy: { } by } => new($"{what} is confirmed: {SafeText.Clean(by)} decided it{more}"),
            Outcome.Success => new($"{what} is confirmed{more}"),
            Outcome.Contradicted contradicted => new($"{what} is contradicted: {SafeText.Clean(contradicted.Why)}{more}", IsFault: true),
            Outcome.Unknown unknown => new($"{what} is not confirmed: {SafeText.Clean(unknown.Why)}{more}", IsFault: true),
            _ => new($"{what} is not confirmed{more}", IsFault: true),
        };
    }
}
