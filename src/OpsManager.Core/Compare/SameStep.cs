namespace OpsManager.Core.Compare;

/// <summary>When two steps are about the same thing; and, with their fields, when they say the same of it.</summary>
/// <param name="withFields">Whether it counts how they ended.</param>
/// <param name="withIterations">Whether they must be of the same iteration; not where two iterations are compared.</param>
internal sealed class SameStep(bool withFields, bool withIterations) : IEqualityComparer<RunStep>
{
    public bool Equals(RunStep? x, RunStep? y) => ReferenceEquals(x, y) || (x is not null && y is not null
        && x.Name == y.Name && x.Role == y.Role && x.Child == y.Child && x.Wave == y.Wave
        && (!withIterations || x.Iteration == y.Iteration) && (!withFields || x.SaysTheSameAs(y)));

    public int GetHashCode(RunStep obj)
    {
        var hash = new HashCode();
        hash.Add(obj.Name);
        hash.Add(obj.Role);
        hash.Add(obj.Child);
        hash.Add(withIterations ? obj.Iteration : 0);
        if (withFields)
        {
            foreach (var field in obj.Fields)
            {
                hash.Add(field);
            }
        }

        return hash.ToHashCode();
    }
}
