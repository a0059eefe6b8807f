using Microsoft.Extensions.Primitives;

namespace OpsManager.Service.Http;

/// <summary>Compares If-None-Match with an entity tag.</summary>
internal static class EntityTag
{
    /// <param name="header">A list of tags, or <c>*</c>.</param>
    /// <param name="tag">With its quotes.</param>
    public static bool Matches(StringValues header, string tag)
    {
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var one = line.AsSpan()[range].Trim();
                // A cache on the way may have weakened it; for reading that makes no difference.
                one = one.StartsWith("W/", StringComparison.Ordinal) ? one[2..] : one;
                if (one.SequenceEqual("*") || one.SequenceEqual(tag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
