using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpsManager.Service.Http;

/// <summary>Compares If-None-Match with an entity tag.</summary>
internal static class EntityTag
{
    /// <param name="header">A list of tags, or <c>*</c>; what is no such list matches nothing.</param>
    /// <param name="tag">With its quotes.</param>
    public static bool Matches(StringValues header, string tag)
    {
        var own = EntityTagHeaderValue.Parse(tag);
        // A cache on the way may have weakened it; for reading that makes no difference.
        return EntityTagHeaderValue.TryParseList(header, out var named)
            && named.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(own, useStrongComparison: false));
    }
}
