using System.Collections;
using System.Collections.Immutable;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace OpsManager.Sources;

/// <summary>
/// The sources that are watched now. It may be changed and read on any thread; whoever goes through it has it as it was when
/// they began.
/// </summary>
public sealed class SourceSet : IReadOnlyList<ISource>, IDisposable
{
    private readonly BehaviorSubject<ImmutableArray<ISource>> now;
    private readonly Lock gate = new();

    /// <exception cref="ArgumentException">Two of them are of one repository.</exception>
    public SourceSet(IEnumerable<ISource> sources) => now = new(Checked(sources));

    /// <summary>What the set holds, and what it holds after each change.</summary>
    public IObservable<ImmutableArray<ISource>> Contents => now.AsObservable();

    /// <summary>What it holds now.</summary>
    public ImmutableArray<ISource> Now => now.Value;

    public int Count => Now.Length;

    public ISource this[int index] => Now[index];

    /// <summary>Holds these from now on. A source that stays is recognised by its reference.</summary>
    /// <exception cref="ArgumentException">Two of them are of one repository.</exception>
    public void Set(IEnumerable<ISource> sources)
    {
        var next = Checked(sources);
        // The observers hear of two changes in the order in which the set took them.
        lock (gate)
        {
            now.OnNext(next);
        }
    }

    public IEnumerator<ISource> GetEnumerator() => ((IEnumerable<ISource>)Now).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => now.Dispose();

    private static ImmutableArray<ISource> Checked(IEnumerable<ISource> sources)
    {
        ImmutableArray<ISource> all = [.. sources];
        var repos = new HashSet<string>(StringComparer.Ordinal);
        return all.FirstOrDefault(source => !repos.Add(source.Repo)) is { } twice
            ? throw new ArgumentException($"two sources read {twice.Repo}", nameof(sources))
            : all;
    }
}
