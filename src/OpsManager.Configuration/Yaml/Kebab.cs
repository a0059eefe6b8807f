namespace OpsManager.Configuration.Yaml;

/// <summary>Names as settings files write them: "move-down" for MoveDown.</summary>
public static class Kebab
{
    public static string From(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
