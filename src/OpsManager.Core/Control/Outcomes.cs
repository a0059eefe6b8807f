namespace OpsManager.Core.Control;

/// <summary>Which outcome says more than another.</summary>
public static class Outcomes
{
    /// <summary>Whether <paramref name="next"/> says more than <paramref name="known"/>; both are words, null for nothing.</summary>
    public static bool IsMore(string? next, string? known) => Rank(next) > Rank(known);

    /// <summary>A success outweighs everything else, and of successes the later rung; who acted instead is more than not to know.</summary>
    private static int Rank(string? word) => word switch
    {
        "completed" => 5,
        "consumed" => 4,
        "observed" => 3,
        "contradicted" => 2,
        "refused" or "unknown" => 1,
        _ => 0,
    };
}
