namespace OpsManager.Benchmarks.Screen;

/// <summary>Measured numbers, put together.</summary>
public sealed class Figures
{
    private readonly List<double> values = [];

    public void Add(double value) => values.Add(value);

    public double Median => At(0.5);

    public double At(double share) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
