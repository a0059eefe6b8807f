using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The top line: what is watched and how, how many runs stand where, and a dot that beats as long as the screen lives.</summary>
public static class HeaderBar
{
    public static (Row Left, Row Right) Compose(AppModel model, int width)
    {
        var beat = model.Clock.ToUnixTimeSeconds() % 2 == 0 ? "*" : ".";
        var right = Row.Of(new Span($"{beat} {Ages.Clock(model.Clock)}Z ", StyleRole.Header));
        List<Span> left = [new(" ops-manager ", StyleRole.Header)];
        left.Add(model.IsDemo ? new(" DEMO ", StyleRole.Demo) : new(Watched(model), StyleRole.Header));
        if (model.IsDemo && width >= 100)
        {
            left.Add(new(" sample runs are playing, nothing here is live", StyleRole.Header));
        }

        if (!model.IsDemo)
        {
            left.Add(new(" · passive · local", StyleRole.Header));
        }

        var (word, role) = LifecycleLook.Of(model.Runs.Select(static loop => loop.Health.Status).DefaultIfEmpty(HealthStatus.Healthy).Max());
        left.Add(new(" · ", StyleRole.Header));
        left.Add(new(word, role));
        AddCounts(left, model);
        return (new Row(left), right);
    }

    private static void AddCounts(List<Span> spans, AppModel model)
    {
        (Lifecycle Lifecycle, string Word, StyleRole Role)[] counted =
        [
            (Lifecycle.Failed, "failed", StyleRole.HeaderAlert), (Lifecycle.AwaitingApproval, "waiting", StyleRole.HeaderAlert),
            (Lifecycle.Unknown, "unknown", StyleRole.HeaderAlert), (Lifecycle.Running, "running", StyleRole.Header),
        ];
        foreach (var (lifecycle, word, role) in counted)
        {
            if (model.Runs.Count(loop => loop.Verdict.Lifecycle == lifecycle) is > 0 and var count)
            {
                spans.Add(new(" · ", StyleRole.Header));
                spans.Add(new($"{count.ToString(CultureInfo.InvariantCulture)} {word}", role));
            }
        }
    }

    private static string Watched(AppModel model) => model.Fleet.Repos.Count switch
    {
        0 => " starting",
        1 => $" {AppModel.RepoName(model.Fleet.Repos.Keys.First())}",
        var count => $" {count.ToString(CultureInfo.InvariantCulture)} repositories",
    };
}
