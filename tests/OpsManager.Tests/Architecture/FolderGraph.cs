using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// Which folders of a project use which, from its compiled types: a namespace is a folder. What the compiler makes (closures, state
/// machines, inlined constants) counts for the type that it is in.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, string>> edges = new(StringComparer.Ordinal);

    private FolderGraph(string project) => Project = project;

    public string Project { get; }

    public static FolderGraph From(Assembly assembly)
    {
        var graph = new FolderGraph(assembly.GetName().Name!);
        foreach (var type in new ArchLoader().LoadAssembly(assembly).Build().Types)
        {
            foreach (var dependency in type.Dependencies)
            {
                graph.Add(
                    type.FullName, graph.FolderOf(type.Namespace?.FullName), graph.FolderOf(dependency.Target.Namespace?.FullName),
                    dependency.Target.FullName);
            }
        }

        return graph;
    }

    /// <summary>
    /// Groups of folders that use each other, directly or through others: each group in ordinal order, and the groups by their first.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Circles()
    {
        var reached = edges.Keys.ToDictionary(static folder => folder, Reached, StringComparer.Ordinal);
        return
        [
            .. edges.Keys
                .Where(folder => reached[folder].Contains(folder))
                .GroupBy(folder => string.Join(' ', reached[folder]
                    .Where(other => reached.TryGetValue(other, out var back) && back.Contains(folder))
                    .Order(StringComparer.Ordinal)))
                .Select(static group => (IReadOnlyList<string>)group.Key.Split(' '))
                .OrderBy(static group => group[0], StringComparer.Ordinal),
        ];
    }

    /// <summary>Why each folder of a group uses another of it: one pair of types for each.</summary>
    public IEnumerable<string> Why(IReadOnlyList<string> group) =>
        from folder in @group
        from used in edges[folder]
        where @group.Contains(used.Key)
        select $"{folder} -> {used.Key}: {used.Value}";

    /// <summary>Folders of the project, "." for its root.</summary>
    public IEnumerable<string> Folders => edges.Keys;

    /// <summary>What a layer uses of others: one pair of types for each two folders.</summary>
    public IEnumerable<string> Uses(string layer, params IReadOnlyList<string> others) =>
        from folder in edges
        where IsOf(folder.Key, layer)
        from used in folder.Value
        where others.Any(other => IsOf(used.Key, other))
        select $"{folder.Key} -> {used.Key}: {used.Value}";

    private static bool IsOf(string folder, string layer) => folder == layer || folder.StartsWith($"{layer}/", StringComparison.Ordinal);

    private void Add(string from, string? folder, string? used, string to)
    {
        if (folder is null || used is null)
        {
            return;
        }

        if (!edges.TryGetValue(folder, out var uses))
        {
            edges.Add(folder, uses = new(StringComparer.Ordinal));
        }

        if (folder != used)
        {
            uses.TryAdd(used, $"{from} uses {to}");
        }
    }

    /// <returns>The folder below the project, "." for its root; null for what is not of it.</returns>
    private string? FolderOf(string? name) => name == Project ? "."
        : name?.StartsWith($"{Project}.", StringComparison.Ordinal) == true ? name[(Project.Length + 1)..].Replace('.', '/')
        : null;

    private HashSet<string> Reached(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            foreach (var used in edges.TryGetValue(next, out var uses) ? uses.Keys : Enumerable.Empty<string>())
            {
                if (found.Add(used))
                {
                    waiting.Push(used);
                }
            }
        }

        return found;
    }
}
