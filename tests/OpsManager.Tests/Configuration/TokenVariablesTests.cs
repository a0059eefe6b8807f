using System.IO.Abstractions;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using Xunit;

namespace OpsManager.Tests.Configuration;

public sealed class TokenVariablesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-tokens-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_variable_that_a_sprite_names_counts_and_stays_known_when_the_file_changes()
    {
        var variables = new TokenVariables(new UserFiles(new FileSystem(), folder));
        Assert.Empty(variables.Names());

        Write("""
            nats: {servers: ["nats://nats.example.org"], credentials: {env: FIVE}}
            sprites:
              one: {url: "https://one.example.org", sprite-token: {env: ONE}, service-token: {env: "TWO"}, platform: {token: {env: THREE}}}
              two: {url: "https://two.example.org", service-token: {file: /run/token}}
            """);
        Assert.Equal(["FIVE", "ONE", "THREE", "TWO"], variables.Names().Order(StringComparer.Ordinal));

        Write("sprites: {one: {path: /srv/a}, three: {url: 'https://three.example.org', service-token: {env: FOUR}}}");
        Assert.Equal(["FIVE", "FOUR", "ONE", "THREE", "TWO"], variables.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_wrong_still_says_which_variables_are_secret()
    {
        Write("sprites: {one: {no-such-key: 1, service-token: {env: ONE}, sprite-token: {'env' : \"TWO\"}");

        Assert.Equal(["ONE", "TWO"], new TokenVariables(new UserFiles(new FileSystem(), folder)).Names().Order(StringComparer.Ordinal));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "config.yaml"), text);
}
