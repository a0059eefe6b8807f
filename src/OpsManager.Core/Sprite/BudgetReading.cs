namespace OpsManager.Core.Sprite;

/// <summary>How much of an error budget is burnt.</summary>
/// <param name="Objective">Share of requests that are to be answered well, 0 to 1.</param>
/// <param name="Total">Requests in the window.</param>
/// <param name="Failed">Of these, failed ones.</param>
/// <param name="Allowed">Failed ones that the objective allows.</param>
public readonly record struct BudgetReading(double Objective, int Total, int Failed, int Allowed)
{
    public static readonly BudgetReading None = new(1, 0, 0, 1);

    public bool IsSpent => Failed > Allowed;

    /// <summary>In percent; above 100 where it is spent.</summary>
    public int Burn => Allowed == 0 ? Failed * 100 : (int)(100L * Failed / Allowed);
}
