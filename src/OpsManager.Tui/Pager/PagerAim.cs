namespace OpsManager.Tui.Pager;

/// <summary>Where in a text the pager is to stand; what is read says where that is.</summary>
internal abstract record PagerAim
{
    /// <summary>The first line is at the top.</summary>
    public sealed record Start : PagerAim;

    /// <summary>The last line is at the bottom.</summary>
    public sealed record End : PagerAim;

    /// <summary>A row of a line is at the top, or the one so many rows after it.</summary>
    /// <param name="Top">The place to start from.</param>
    /// <param name="By">Rows; negative is up.</param>
    public sealed record At(PagerTop Top, int By = 0) : PagerAim;

    public static readonly PagerAim First = new Start();

    public static readonly PagerAim Last = new End();
}

/// <summary>The row at the top of the pager.</summary>
/// <param name="Offset">Where its line starts.</param>
/// <param name="Row">Which row of that line, where it is wrapped; from 0.</param>
internal readonly record struct PagerTop(long Offset, int Row);
