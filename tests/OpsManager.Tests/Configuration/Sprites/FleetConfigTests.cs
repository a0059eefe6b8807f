using System.Globalization;
using System.Text;
using OpsManager.Configuration;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Manager;
using Xunit;

namespace OpsManager.Tests.Configuration.Sprites;

public sealed class FleetConfigTests
{
    private const string File = $"{UserHome.Root}/config.yaml";

    /// <summary>What <c>nats: true</c> of a sprite needs.</summary>
    private const string Server = "nats: { servers: ['nats://127.0.0.1'] }\n";

    private const string Full = Server + """
        sprites:
          app-1:
            path: /srv/app/
            url: https://app-1.example.org/ops
            nats: true
            sprite-token: { env: SPRITE_TOKEN }
            service-token: { file: /run/secrets/ops }
            pull: [sprite, exec, -s, app-1, --]
            repo: /home/sprite/app
            loops: [checkout-flow, search]
            stage: passive
            labels: [prod, eu, prod]
            color: bright-cyan
            platform: { name: app-one }
            objective: 99.9
            wake: true
        """;

    [Fact]
    public void A_sprite_may_be_reached_by_a_socket_of_this_host() => Assert.Equal(
        "/run/user/1000/ops.sock",
        OpsManager.Sources.Sprite.SpriteAddress.Open(
            Assert.Single(Read("sprites:\n  a: { url: \"unix:/run/user/1000/ops.sock\" }\n")).Url!).Socket);

    [Fact]
    public void Everything_can_be_said_of_a_sprite()
    {
        var sprite = Assert.Single(Read(Full));

        Assert.Equal(("app-1", "/srv/app", "https://app-1.example.org/ops"), (sprite.Name, sprite.Path, sprite.Url!.AbsoluteUri));
        Assert.Equal(
            (new TokenPlace("SPRITE_TOKEN", null), new TokenPlace(null, "/run/secrets/ops")), (sprite.SpriteToken, sprite.ServiceToken));
        Assert.Equal(["sprite", "exec", "-s", "app-1", "--"], sprite.Pull);
        Assert.Equal("/home/sprite/app", sprite.Repo);
        Assert.Equal(["checkout-flow", "search"], sprite.Loops);
        Assert.Equal((RolloutStage.Passive, "bright-cyan", 99.9m, true), (sprite.Stage, sprite.Color, sprite.Objective, sprite.Wake));
        Assert.Equal(["prod", "eu"], sprite.Labels);
        Assert.True(sprite.Nats);
        Assert.Equal(
            new PlatformConfig(new Uri("https://api.sprites.dev"), "app-one", new TokenPlace("SPRITE_TOKEN", null)), sprite.Platform);
    }

    [Fact]
    public void What_is_not_said_is_the_default()
    {
        var sprite = Assert.Single(Read("sprites:\n  a:\n    path: /srv/a\n"));

        Assert.Equal(new SpriteConfig("a") { Path = "/srv/a" }, sprite);
        Assert.Equal((99m, false, null, null), (sprite.Objective, sprite.Wake, sprite.Stage, sprite.Platform));
        Assert.Empty(Read("theme: dark\n"));
        Assert.Empty(Read("sprites: {}\n"));
    }

    [Fact]
    public void Two_readings_of_the_same_are_equal_and_any_difference_is_seen()
    {
        var one = Read(Full)[0];

        Assert.Equal(one, Read(Full)[0]);
        Assert.Equal(one.GetHashCode(), Read(Full)[0].GetHashCode());
        foreach (var (was, now) in new[] {
            ("-s, app-1", "-s, app-2"), ("[checkout-flow, search]", "[checkout-flow]"), ("99.9", "99.5"), ("name: app-one", "name: two"),
            ("env: SPRITE_TOKEN", "env: OTHER")
        })
        {
            var other = Read(Full.Replace(was, now, StringComparison.Ordinal))[0];
            Assert.NotEqual(one, other);
            Assert.False(one.IsReachedAs(other));
        }
    }

    [Theory]
    [InlineData("[prod, eu, prod]", "[dev]")]
    [InlineData("bright-cyan", "red")]
    [InlineData("stage: passive", "stage: assisted")]
    public void Looks_and_stage_are_another_sprite_that_is_reached_in_the_same_way(string was, string now)
    {
        var (one, other) = (Read(Full)[0], Read(Full.Replace(was, now, StringComparison.Ordinal))[0]);

        Assert.NotEqual(one, other);
        Assert.True(one.IsReachedAs(other));
    }

    [Theory]
    [InlineData("sprites: [a]\n", 1, "\"sprites\" must be a mapping")]
    [InlineData("sprites:\n  a b: { path: /a }\n", 2, "\"a b\" cannot be a sprite: a name has at most 64 letters, digits")]
    [InlineData("sprites:\n  ..: { path: /a }\n", 2, "cannot be a sprite")]
    [InlineData("sprites:\n  a: /srv/a\n", 2, "sprite \"a\" must be a mapping with \"path\", \"url\", \"pull\" or \"nats\"")]
    [InlineData(
        "sprites:\n  a: {}\n", 2, "sprite \"a\" cannot be reached: \"path\", \"url\", \"pull\" or \"nats: true\" is needed")]
    [InlineData("sprites:\n  a:\n    pth: /a\n", 3, "there is no setting \"pth\"; did you mean \"path\"?")]
    [InlineData("sprites:\n  a:\n    path: srv/a\n", 3, "\"path\" must be an absolute path")]
    [InlineData("sprites:\n  a:\n    path: /srv/../a\n", 3, "must be an absolute path without \".\" and \"..\"")]
    [InlineData("sprites:\n  a: { path: /a }\n  b: { path: /a/ }\n", 3, "\"/a\" is already the path of sprite \"a\"")]
    [InlineData("sprites:\n  a: { path: /a }\n  a: { path: /b }\n", 3, "a")]
    [InlineData("sprites:\n  a: { url: \"unix:ops.sock\" }\n", 2, "\"url\" must be unix: and the absolute path of a socket")]
    [InlineData("sprites:\n  a: { url: ftp://x }\n", 2, "\"url\" must be an address such as https://app.example.org")]
    [InlineData("sprites:\n  a: { url: \"https://me:secret@x\" }\n", 2, "\"url\" must be an address without a user")]
    [InlineData("sprites:\n  a: { url: \"https://x/?token=secret\" }\n", 2, "\"url\" must be an address without a user")]
    [InlineData(
        "sprites:\n  a:\n    url: https://x\n    sprite-token: secret\n", 4,
        "a token must not be in the file: write \"sprite-token: {env: NAME}\"")]
    [InlineData(
        "sprites:\n  a:\n    url: https://x\n    service-token: { env: A, file: /b }\n", 4, "\"service-token\" must have one of \"env\"")]
    [InlineData(
        "sprites:\n  a:\n    url: https://x\n    service-token: { value: secret }\n", 4, "\"service-token\" must have one of \"env\"")]
    [InlineData(
        "sprites:\n  a:\n    url: https://x\n    service-token: { env: \"A B\" }\n", 4,
        "\"env\" of \"service-token\" must be the name of a variable")]
    [InlineData(
        "sprites:\n  a:\n    url: https://x\n    service-token: { file: secret }\n", 4,
        "\"file\" of \"service-token\" must be an absolute path")]
    [InlineData("sprites:\n  a: { pull: bin/x }\n", 2, "\"pull\" must be a list of words")]
    [InlineData(
        "sprites:\n  a: { pull: [bin/x] }\n", 2, "the first word of \"pull\" must be an absolute path or a name on PATH, found \"bin/x\"")]
    [InlineData("sprites:\n  a: { path: /a, repo: /b }\n", 2, "\"repo\" needs \"pull\"")]
    [InlineData("sprites:\n  a: { path: /a, loops: [../x] }\n", 2, "cannot be a loop")]
    [InlineData("sprites:\n  a: { path: /a, stage: pasive }\n", 2, "there is no stage \"pasive\"; did you mean \"passive\"?")]
    [InlineData("sprites:\n  a: { path: /a, labels: prod }\n", 2, "\"labels\" must be a list of words")]
    [InlineData("sprites:\n  a: { path: /a, labels: [\"a b\"] }\n", 2, "\"a b\" cannot be a label")]
    [InlineData("sprites:\n  a: { path: /a, color: grean }\n", 2, "there is no colour \"grean\"; did you mean \"green\"?")]
    [InlineData("sprites:\n  a: { path: /a, objective: 89 }\n", 2, "\"objective\" must be a number of percent from 90 to 99.99")]
    [InlineData("sprites:\n  a: { path: /a, objective: 99.999 }\n", 2, "\"objective\" must be")]
    [InlineData("sprites:\n  a: { path: /a, wake: maybe }\n", 2, "\"wake\" must be true or false")]
    [InlineData("sprites:\n  a: { path: /a, platform: x }\n", 2, "\"platform\" must be a mapping")]
    [InlineData("sprites:\n  a: { path: /a, platform: { api: x } }\n", 2, "\"api\" must be an address")]
    public void What_may_not_be_is_refused_with_its_line(string text, int line, string message)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));

        Assert.StartsWith($"{File}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_have_limits_and_a_thousand_full_sprites_fit()
    {
        static string Many(int count, Func<int, string> word) => string.Join(", ", Enumerable.Range(0, count).Select(word));
        static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(64, Read($"sprites: {{ a: {{ path: /a, loops: [{Many(64, static i => $"l{i}")}] }} }}\n")[0].Loops.Count);
        Assert.Contains(
            "more than 64", Fault($"sprites: {{ a: {{ path: /a, loops: [{Many(65, static i => $"l{i}")}] }} }}\n"),
            StringComparison.Ordinal);
        Assert.Contains(
            "more than 16", Fault($"sprites: {{ a: {{ path: /a, labels: [{Many(17, Number)}] }} }}\n"), StringComparison.Ordinal);
        Assert.Contains(
            "at most 1000 are allowed",
            Fault($"sprites: {{ {Many(1001, static i => $"a{i}: {{ path: /{i} }}")} }}\n"), StringComparison.Ordinal);

        var text = new StringBuilder(Server + "sprites:\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(Full.Replace(Server + "sprites:\n", "", StringComparison.Ordinal)
                .Replace("app-1:", $"app-{i}:", StringComparison.Ordinal)
                .Replace("/srv/app/", $"/srv/{i}", StringComparison.Ordinal)).Append('\n');
        }

        Assert.Equal(1000, Read(text.ToString()).Count);
    }

    private static string Fault(string text) => Assert.Throws<SettingsException>(() => Read(text)).Message;

    private static IReadOnlyList<SpriteConfig> Read(string text) => UserConfig.Read(File, text).Fleet.Sprites;
}
