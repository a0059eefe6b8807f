using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Control.Act;
using OpsManager.Control.Telemetry;
using OpsManager.Core.Model;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>
/// What one verb, or one time that the screen is shown, tells of itself: to a collector, where one is configured, and into a log file,
/// where one was asked for. Both get the same models; without either nothing is watched for it.
/// </summary>
internal sealed class TelemetrySession : IDisposable
{
    private readonly FleetTelemetry? telemetry;
    private readonly FleetLog? log;
    private readonly Action<string> tell;

    private TelemetrySession(FleetTelemetry? telemetry, FleetLog? log, Action<string> tell) =>
        (this.telemetry, this.log, this.tell) = (telemetry, log, tell);

    /// <summary>What takes each model; null where nobody asks for it.</summary>
    public Action<FleetModel>? Observe => (telemetry, log) switch
    {
        (null, null) => null,
        (null, { } file) => file.Take,
        ({ } sent, null) => sent.Take,
        ({ } sent, { } file) => model =>
        {
            sent.Take(model);
            file.Take(model);
        }
        ,
    };

    /// <param name="logFile">Path of the log file; null where none was asked for.</param>
    /// <param name="tell">Gets what could not be sent or written, a line each, at the end.</param>
    public static TelemetrySession Start(VerbContext context, UserSettings settings, string? logFile, Action<string> tell)
    {
        var log = StartLog(context, logFile);
        try
        {
            return new TelemetrySession(
                settings.Config.Telemetry.Settings(context.Environment) is { } found
                    ? new FleetTelemetry(found, SpriteHttp.NewClient(), context.Time, BuildStamp.Current.Version)
                    : null,
                log,
                tell);
        }
        catch (SettingsException error)
        {
            tell(error.Message);
            return new TelemetrySession(null, log, tell);
        }
    }

    /// <summary>Only the log file: for the service, whose intents others send.</summary>
    public static TelemetrySession OnlyLog(VerbContext context, string? logFile, Action<string> tell) =>
        new(null, StartLog(context, logFile), tell);

    /// <summary>Takes what was recorded of an intent that was just carried out.</summary>
    public void Take(VerbContext context, ControlRequest request)
    {
        var repo = request.RecordsIn ?? request.Repo;
        telemetry?.TakeRecorded(context.Files, repo, request.Loop, request.IdempotencyKey);
        log?.TakeRecorded(repo, request.Loop, request.IdempotencyKey);
    }

    /// <summary>Takes a fault that the program goes on after.</summary>
    public void Fault(string words) => log?.Add(LogLevels.Warning, "fault", ("why", words));

    /// <summary>Takes what ends the program.</summary>
    public void Failed(Exception error) =>
        log?.Add(LogLevels.Error, "exception", ("type", error.GetType().FullName), ("why", error.Message), ("at", error.StackTrace));

    /// <summary>Sends and writes what there is once more: half a second at most each.</summary>
    public void Dispose()
    {
        if (telemetry is not null)
        {
            telemetry.DisposeAsync().AsTask().Wait();
            if (telemetry.Fault is { } fault)
            {
                tell(fault);
            }
        }

        if (log is not null)
        {
            log.Add(LogLevels.Info, "program.ended");
            log.Dispose();
            if (log.Fault is { } fault)
            {
                tell(fault);
            }
        }
    }

    private static FleetLog? StartLog(VerbContext context, string? path)
    {
        if (path is null)
        {
            return null;
        }

        var log = new FleetLog(context.Files, path, context.Time);
        log.Add(LogLevels.Info, "program.started", ("version", BuildStamp.Current.Version));
        return log;
    }
}
