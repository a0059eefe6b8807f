using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Replay;

/// <summary>Gathers the moments of a recording that are worth stopping at, while it is read.</summary>
internal sealed class ReplayPoints
{
    /// <summary>More are not kept: a bar on a screen has some hundred cells.</summary>
    private const int Max = 200_000;

    private readonly ImmutableArray<ReplayPoint>.Builder found = ImmutableArray.CreateBuilder<ReplayPoint>();

    /// <summary>As they were at the last publication.</summary>
    public ImmutableArray<ReplayPoint> All { get; private set; } = [];

    /// <summary>Makes what was found readable: not each time, so that the cost stays in proportion to what was found.</summary>
    public void Publish(bool isOver)
    {
        if (found.Count > All.Length && (isOver || found.Count > All.Length + (All.Length / 4)))
        {
            All = found.ToImmutable();
        }
    }

    /// <summary>What a look changed.</summary>
    public void Add(TimeSpan at, FleetModel before, FleetModel after)
    {
        foreach (var (path, repo) in after.Repos)
        {
            var known = before.Repos.GetValueOrDefault(path);
            if (ReferenceEquals(known?.Loops, repo.Loops))
            {
                continue;
            }

            foreach (var (id, loop) in repo.Loops)
            {
                var earlier = known?.Loops.GetValueOrDefault(id);
                if (!ReferenceEquals(earlier, loop) && found.Count < Max)
                {
                    Add(at, earlier, loop);
                }
            }
        }
    }

    private void Add(TimeSpan at, LoopModel? before, LoopModel loop)
    {
        void Found(ReplayPointKind kind, string text) =>
            found.Add(new ReplayPoint(at, kind, loop.Repo, loop.Id, loop.Verdict.Lifecycle, text));

        var (ruling, earlier) = (loop.Verdict.Ruling, before?.Verdict.Ruling);
        if (earlier is null || earlier.Lifecycle != ruling.Lifecycle || earlier.Display != ruling.Display)
        {
            Found(ReplayPointKind.Lifecycle, ruling.Display ?? ruling.Lifecycle.Word());
        }

        if (!ReferenceEquals(loop.Verdict, before?.Verdict))
        {
            foreach (var finding in loop.Verdict.Alerts.Where(finding => before?.Verdict.HasAlert(finding.Code) != true))
            {
                Found(ReplayPointKind.Problem, finding.Code);
            }
        }

        if (loop.Tally.IterationStart is { } iteration && iteration != before?.Tally.IterationStart)
        {
            Found(ReplayPointKind.Iteration, iteration.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "?");
        }
    }
}
