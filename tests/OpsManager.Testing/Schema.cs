using NJsonSchema;
using Xunit;

namespace OpsManager.Testing;

/// <summary>Holds what a test produced against our schemas.</summary>
internal static class Schema
{
    public static async Task AssertValidAsync(string schema, string json)
    {
        var loaded = await JsonSchema.FromFileAsync(RepoRoot.Combine("docs", "schemas", $"{schema}.v1.schema.json"));
        Assert.Empty(loaded.Validate(json).Select(static fault => fault.ToString()));
    }
}
