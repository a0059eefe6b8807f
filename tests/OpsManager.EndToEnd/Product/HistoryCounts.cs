namespace OpsManager.EndToEnd.Product;

/// <summary>What happened in histories, so that it can be seen that something did.</summary>
internal sealed class HistoryCounts
{
    public int Asked { get; set; }

    public int Sent { get; set; }

    public int Killed { get; set; }

    public int Confirmed { get; set; }

    /// <summary>Confirmed, and overruled later.</summary>
    public int Overruled { get; set; }

    public int Ambiguous { get; set; }

    public int Failed { get; set; }

    public void Add(HistoryCounts other)
    {
        Asked += other.Asked;
        Sent += other.Sent;
        Killed += other.Killed;
        Confirmed += other.Confirmed;
        Overruled += other.Overruled;
        Ambiguous += other.Ambiguous;
        Failed += other.Failed;
    }

    public override string ToString() =>
        $"{Asked} asked, {Sent} sent, {Killed} killed, {Confirmed} confirmed ({Overruled} overruled later), {Ambiguous} ambiguous, "
            + $"{Failed} failed or refused";
}
