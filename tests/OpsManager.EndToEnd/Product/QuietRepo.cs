using System.Globalization;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// A repository in which nothing happens any more, and so long ago that its screen stays the same from one second to the next,
/// but for the clock.
/// </summary>
internal sealed class QuietRepo : IDisposable
{
    public const string Loop = "api-pagination";
    public const string Other = "search-index";
    private const int Events = 60;

    public QuietRepo()
    {
        foreach (var (i, loop) in new[] { Loop, Other }.Index())
        {
            var directory = Path.Combine(Root, ".superloop", "loops", loop);
            Directory.CreateDirectory(directory);
            File.WriteAllLines(
                Path.Combine(directory, "events.jsonl"),
                Enumerable.Range(1, Events).Select(n => string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"timestamp":"2024-0{{i + 1}}-01T10:00:{{n % 60:00}}Z","event":"{{(n == Events ? "loop_complete" : $"step_{n}")}}","loop_id":"{{loop}}","run_id":"r","iteration":1,"role":"{{(n % 2 == 0 ? "planner" : "tester")}}","data":{} }""")));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ops-manager-quiet-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
