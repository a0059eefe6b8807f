namespace OpsManager.Tui.Content;

/// <summary>Going round the values of an enumeration.</summary>
internal static class Cycle
{
    public static T Turn<T>(T value, int by)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>();
        return all[(Array.IndexOf(all, value) + by + all.Length) % all.Length];
    }
}
