using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Control.Act;
using OpsManager.Control.Telemetry;
using OpsManager.Core.Model;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>Telemetry of one verb or of one time that the screen is shown: off, unless a collector is configured.</summary>
/// <param name="tell">Gets what could not be sent, in one line, at the end.</param>
internal sealed class TelemetrySession(FleetTelemetry? telemetry, Action<string> tell) : IDisposable
{
    /// <summary>What takes each model; null where telemetry is off, and nothing has to be watched for it.</summary>
    public Action<FleetModel>? Observe => telemetry is null ? null : telemetry.Take;

    public static TelemetrySession Start(VerbContext context, UserSettings settings, Action<string> tell)
    {
        try
        {
            return new TelemetrySession(
                settings.Config.Telemetry.Settings(context.Environment) is { } found
                    ? new FleetTelemetry(found, SpriteHttp.NewClient(), context.Time, BuildStamp.Current.Version)
                    : null,
                tell);
        }
        catch (SettingsException error)
        {
            tell(error.Message);
            return new TelemetrySession(null, tell);
        }
    }

    /// <summary>Sends what was recorded of an intent that was just carried out.</summary>
    public void Take(VerbContext context, ControlRequest request) => telemetry?.TakeRecorded(
        context.Files, request.RecordsIn ?? request.Repo, request.Loop, request.IdempotencyKey);

    /// <summary>Sends what there is once more: half a second at most.</summary>
    public void Dispose()
    {
        if (telemetry is null)
        {
            return;
        }

        telemetry.DisposeAsync().AsTask().Wait();
        if (telemetry.Fault is { } fault)
        {
            tell(fault);
        }
    }
}
