using System.Globalization;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using static OpsManager.Control.Rollout.IncidentMarkdown;

namespace OpsManager.Control.Rollout;

/// <summary>
/// The text of an incident note, in Markdown. What comes from files is cleaned, cut, and is in indented blocks, where nothing in
/// it means anything to a reader of Markdown or to a terminal.
/// </summary>
internal static class IncidentText
{
    /// <summary>The last lines of each artifact, and the last events, that are put into the note.</summary>
    private const int LastLines = 8;

    private const int LastEvents = 20;

    /// <summary>The note.</summary>
    /// <param name="files">The repository's files as they are now.</param>
    public static string Create(Incident incident, IRepoFiles files)
    {
        var text = new StringBuilder();
        Head(text, incident);
        Guide(text, incident);
        Projections(text, incident);
        Events(text, incident);
        Intents(text, incident.Loop);
        Artifacts(text, incident, files);
        Versions(text, incident);
        return text.ToString();
    }

    /// <summary>What is added when an operator re-arms the loop.</summary>
    public static string Rearmed(RearmRecord rearm) =>
        $"""

        ## Armed again

        - at: {UtcSecondsConverter.Text(rearm.At)}
        - by: {Clean(rearm.By)}
        - reason: {Clean(rearm.Reason)}
        - checked: the artifacts, read again, agree with the model
        - accepted: {Number(rearm.EventLineOffset)} lines of events.jsonl, {Number(rearm.IntentRows)} rows of intents.jsonl
        """;

    private static void Head(StringBuilder text, Incident incident)
    {
        Line(text, $"# Incident {incident.Id}");
        Line(text);
        Prose(text, $"{Clean(incident.Trigger.Why)}.");
        Line(text);
        Line(text, $"- cause: {incident.Trigger.Cause}");
        Line(text, $"- loop: {Clean(incident.Loop.Id)}");
        var sprite = incident.Repo.Sprite is { } on ? $", on sprite {Clean(on.Name)}" : "";
        Line(text, $"- repository: {Clean(incident.Repo.Place)}{sprite}");
        if (incident.Repo.Sprite is not null)
        {
            Prose(text, $"- copy: {Clean(incident.Repo.Path)}; logs that were set aside are there as events.jsonl.aside.N");
        }

        Line(text, $"- noticed: {UtcSecondsConverter.Text(incident.At)}, by the manager of {Clean(incident.By)}");
        var cursor = incident.LastGoodCursor is { } line
            ? $"line {Number(line)} of {ArtifactPaths.Events(incident.Loop.Id)}"
            : "none is known";
        Line(text, $"- last good cursor: {cursor}");
        Prose(
            text,
            "- done: nothing can be sent to the loop from any manager on this directory, and its lifecycle comes from snapshots only");
        foreach (var evidence in incident.Trigger.Evidence)
        {
            Prose(text, $"- evidence: {Fact(evidence)}");
        }
    }

    private static void Guide(StringBuilder text, Incident incident)
    {
        Section(text, "What to check");
        foreach (var (index, step) in IncidentGuide.For(incident.Trigger.Cause).Index())
        {
            Prose(text, $"{Number(index + 1)}. {step}");
        }

        Section(text, "How to re-arm the loop");
        Prose(
            text,
            "Re-arm only when you know what happened. The artifacts are read again and must agree with what is shown; the reason is "
                + "added to this note.");
        Line(text);
        var (repo, loop) = (Word(incident.Repo.Place), Word(incident.Loop.Id));
        Block(text, [$"ops-manager rearm --repo {Word(incident.Repo.Path)} --loop {loop} --reason 'WHAT HAPPENED, AND WHY IT IS SAFE'"]);
        Line(text);
        Prose(
            text,
            $"Or on the screen: `:rearm`. Until then, act by the runtime's own "
                + $"command{(incident.Repo.Sprite is { } sprite ? $", on sprite {Clean(sprite.Name)}" : "")}:");
        Line(text);
        Block(text, [
            $"superloop.sh approve --repo {repo} --loop {loop} --by NAME",
            $"superloop.sh approve --repo {repo} --loop {loop} --by NAME --reject --note TEXT", $"superloop.sh cancel --repo {repo}"
        ]);
    }

    private static void Projections(StringBuilder text, Incident incident)
    {
        Section(text, "Projection before and when it was noticed");
        var before = incident.Before?.Loop;
        var now = incident.Loop;
        Line(text, "| what | before | when noticed |");
        Line(text, "|---|---|---|");
        void Row(string what, Func<LoopModel, string?> value) =>
            Line(text, $"| {what} | {(before is null ? "not seen" : Cell(value(before)))} | {Cell(value(now))} |");
        Row("contract status", static loop => loop.Projected.Status.Word());
        Row("assessment", static loop => loop.Verdict.Lifecycle.Word());
        Row("why", static loop => loop.Verdict.Ruling.Reason);
        Row("run", static loop => loop.Projected.RunId);
        Row("iteration", static loop => Number(loop.Projected.Iteration));
        Row("pending approval", static loop => loop.Projected.HasPendingApproval ? "yes" : "no");
        Row("completion", static loop => loop.Projected.CompletionOk is { } ok ? ok ? "yes" : "no" : "none");
        Row("state.json active", static loop => loop.Projected.Active is { } active ? active ? "yes" : "no" : "none");
        Row("lines of the log", static loop => Number(loop.Tally.Lines));
        Row("last event", static loop => loop.Projected.LastEventName);
        Row("last event at", static loop => loop.Projected.LastEventAt is { } at ? UtcSecondsConverter.Text(at) : null);
        Row("flags", Flags);
        Row("confidence", static loop => loop.Projected.Confidence.ToString().ToLowerInvariant());
        Row("health", static loop => $"{loop.Health.Status.ToString().ToLowerInvariant()} {string.Join(", ", loop.Health.Codes)}");
        Section(text, "What each source said when it was noticed");
        foreach (var fact in SourceEvidence.All(incident.Repo, now))
        {
            Prose(text, $"- {Fact(fact)}");
        }

        foreach (var finding in now.Verdict.Findings.Where(static finding => finding.Code != FindingCodes.RolledBack))
        {
            Prose(
                text, $"- finding {finding.Code}: {string.Join("; ", finding.Evidence.Select(static evidence => Clean(evidence.Fact)))}");
        }
    }

    private static void Events(StringBuilder text, Incident incident)
    {
        Section(text, "Last events, as they were read before");
        var known = incident.Before?.Loop;
        var log = known?.Log ?? known?.Withheld?.Log;
        if (log is null)
        {
            Line(text, "None were read by this manager.");
            return;
        }

        var count = known!.Tally.Lines;
        Block(text, Enumerable.Range(Math.Max(0, count - LastEvents), Math.Min(count, LastEvents)).Select(row => Moment(log.Moment(row))));
    }

    private static void Intents(StringBuilder text, LoopModel loop)
    {
        Section(text, "Intents that are being verified or not acknowledged");
        ControlCase[] open = [.. loop.Cases.Pending, .. loop.Cases.Unreviewed];
        if (open.Length == 0)
        {
            Line(text, "None.");
        }

        foreach (var known in open)
        {
            Prose(
                text,
                $"- {Clean(known.Intent)} by {Clean(known.By)}, key {Clean(known.Key)}, started {Time(known.StartedAt)}: "
                    + $"{Clean(known.Outcome ?? "still being verified")} {Clean(known.Why)}");
        }
    }

    private static void Artifacts(StringBuilder text, Incident incident, IRepoFiles files)
    {
        Section(text, "Artifacts when this was written");
        var loop = incident.Loop.Id;
        string[] paths =
        [
            ArtifactPaths.Events(loop), ArtifactPaths.State, ArtifactPaths.ActiveRun, ArtifactPaths.Summary(loop),
            ArtifactPaths.Approval(loop),
            ArtifactPaths.Decisions(loop), ArtifactPaths.Heartbeat(loop), ArtifactPaths.Intents(loop), ArtifactPaths.ControlRows(loop),
            ArtifactPaths.ManagerCursor(loop), ArtifactPaths.ManagerState(loop), ArtifactPaths.ManagerHealth(loop),
            ArtifactPaths.Rollout(loop),
        ];
        foreach (var path in paths)
        {
            Line(text, $"### {Clean(path)}");
            Line(text);
            Artifact(text, files, path);
            Line(text);
        }
    }

    private static void Artifact(StringBuilder text, IRepoFiles files, string path)
    {
        try
        {
            if (files.Probe(path) is { Condition: not ArtifactCondition.Present } entry)
            {
                Line(text, entry.Condition == ArtifactCondition.Missing ? "missing" : $"cannot be read: {Clean(entry.Fault)}");
                return;
            }

            if (FileDigest.From(files, path) is { } digest)
            {
                Line(
                    text,
                    $"- {Number(digest.Size)} bytes, {Number(digest.Lines)} lines, changed {UtcSecondsConverter.Text(digest.ModifiedAt)}");
                Line(text, $"- sha256 {digest.Sha256}");
                Line(text);
                using var lines = new TextLines(files, path, countedAtOnce: 0);
                Block(text, lines.Backward(lines.Size, LastLines).Select(static line => line.Text));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A note with one artifact missing is worth more than none.
            Line(text, $"cannot be read: {Clean(error.Message)}");
        }
    }

    private static void Versions(StringBuilder text, Incident incident)
    {
        Section(text, "Versions");
        Line(text, $"- ops-manager {typeof(IncidentText).Assembly.GetName().Version?.ToString(3)}, contract {ContractVersion.V1}");
        Line(text, $"- .NET {Environment.Version}, {Environment.OSVersion.VersionString}");
        Line(text, $"- trace id {Clean(incident.TraceId)}");
    }

    private static string Moment(EventMoment moment) =>
        $"{Number(moment.Line),6}  {Time(moment.At)}  {moment.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "-",3}  "
            + $"{moment.Role ?? "-",-12}  {moment.Name}{(moment.Status is { } status ? $" ({status})" : "")}";

    private static string Flags(LoopModel loop)
    {
        var flags = loop.Projected.Flags;
        string?[] set = [
            flags.ActiveMismatch ? "activeMismatch" : null, flags.ApprovalCompletionConflict ? "approvalCompletionConflict" : null,
            flags.CursorRegression ? "cursorRegression" : null
        ];
        return set.OfType<string>() is var names && names.Any() ? string.Join(", ", names) : "none";
    }

    private static string Fact(EvidenceRecord evidence)
    {
        var place = evidence.Path is { } path ? $" ({Clean(path)}{(evidence.Line is { } line ? $", line {Number(line)}" : "")})" : "";
        return $"{Clean(evidence.Source)}: {Clean(evidence.Fact)}{place}";
    }
}
