namespace OpsManager.Core.Compare;

/// <summary>What a line of a comparison is, so that it can be coloured.</summary>
public enum ComparisonLineKind
{
    Text,
    Heading,
    SideA,
    SideB,
    Equal,
    Different,
    Note,
}

/// <summary>A line of a comparison in words. Text of files in it is not cleaned.</summary>
public readonly record struct ComparisonLine(ComparisonLineKind Kind, string Text);
