using OpsManager.Configuration;
using OpsManager.Configuration.Nats;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using Xunit;

namespace OpsManager.Tests.Configuration.Nats;

public sealed class NatsConfigTests
{
    private const string Full = """
        nats:
          servers: [nats://one.example.org:4222, nats://two.example.org, nats://one.example.org:4222]
          credentials: { env: FLEET_CREDENTIALS }
          tls: { ca: /etc/ca.pem, certificate: /etc/own.pem, key: /etc/own.key }
          stream: FLEET
          prefix: test.superloop
        """;

    [Fact]
    public void Without_the_section_there_is_no_server() => Assert.Null(UserConfig.Read("config.yaml", "theme: dark\n").Nats);

    [Fact]
    public void Servers_are_all_that_is_needed()
    {
        var settings = Read("nats: { servers: ['nats://127.0.0.1'] }\n").Settings(static _ => null);

        Assert.Equal(["nats://127.0.0.1"], settings.Servers);
        Assert.Equal(("SUPERLOOP", "superloop.v1", false), (settings.Stream, settings.Prefix, settings.NeedsTls));
        Assert.Equal((null, null, null, null), (settings.CredentialsFile, settings.Credentials, settings.NkeyFile, settings.CaFile));
    }

    [Fact]
    public void Everything_can_be_said_of_a_server()
    {
        var settings = Read(Full).Settings(static name => name == "FLEET_CREDENTIALS" ? "the text" : null);

        Assert.Equal(["nats://one.example.org:4222", "nats://two.example.org"], settings.Servers);
        Assert.Equal(("FLEET", "test.superloop", true), (settings.Stream, settings.Prefix, settings.NeedsTls));
        Assert.Equal(("the text", null), (settings.Credentials, settings.CredentialsFile));
        Assert.Equal(
            ("/etc/ca.pem", "/etc/own.pem", "/etc/own.key"),
            (settings.CaFile, settings.CertificateFile, settings.CertificateKeyFile));
    }

    [Fact]
    public void Two_are_equal_if_the_file_says_the_same() => Assert.Equal(Read(Full), Read(Full));

    [Fact]
    public void Keys_are_read_from_files_or_from_a_variable_that_must_be_set()
    {
        Assert.Equal(new TokenPlace(null, "/run/a.creds"), Read(With("credentials: { file: /run/a.creds }")).Credentials);
        Assert.Equal("/run/a.creds", Read(With("credentials: { file: /run/a.creds }")).Settings(static _ => null).CredentialsFile);
        Assert.Equal("/run/a.nk", Read(With("nkey: /run/a.nk")).Settings(static _ => null).NkeyFile);

        var error = Assert.Throws<SettingsException>(() => Read(With("credentials: { env: GONE }")).Settings(static _ => ""));

        Assert.Equal("\"credentials\" of \"nats\" in config.yaml: the variable GONE is not set", error.Message);
    }

    [Theory]
    [InlineData("['nats://plain', 'tls://encrypted']", "", true)]
    [InlineData("['nats://plain']", "  tls: {}\n", true)]
    [InlineData("['nats://plain']", "", false)]
    public void One_encrypted_address_or_the_section_tls_forbids_a_plain_connection(string servers, string more, bool needed) =>
        Assert.Equal(needed, Read($"nats:\n  servers: {servers}\n{more}").Settings(static _ => null).NeedsTls);

    [Theory]
    [InlineData("nats://me:hidden@nats.example.org")]
    [InlineData("nats://hidden@nats.example.org")]
    [InlineData("nats://nats.example.org?token=hidden")]
    [InlineData("nats://nats.example.org/hidden")]
    [InlineData("nats://one.example.org,nats://hidden")]
    [InlineData("ws://hidden")]
    [InlineData("hidden")]
    public void An_address_with_a_user_or_of_another_kind_is_refused_and_not_quoted(string server)
    {
        var error = Fault($"theme: dark\nnats:\n  servers:\n    - nats://127.0.0.1\n    - {server}\n");

        Assert.StartsWith("config.yaml, line 5: a server must ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("credentials: hidden", "credentials must not be in the file")]
    [InlineData("nkey: hidden", "\"nkey\" must be the absolute path of a file")]
    [InlineData("nkey: { env: hidden }", "a plain word is expected here")]
    [InlineData("tls: { ca: hidden }", "\"ca\" must be the absolute path of a file")]
    [InlineData("tls: { key: /hidden }", "\"tls\" needs both \"certificate\" and \"key\", or neither")]
    [InlineData("tls: true", "\"tls\" must be a mapping")]
    [InlineData("stream: 'a b'", "\"stream\" must be a name of letters, digits, - and _, found \"a b\"")]
    [InlineData("stream: a.b", "\"stream\" must be a name")]
    [InlineData("prefix: 'a.*'", "\"prefix\" must be words of letters")]
    [InlineData("prefix: 'a..b'", "\"prefix\" must be words of letters")]
    [InlineData("prefixx: a", "there is no setting \"prefixx\"; did you mean \"prefix\"?")]
    public void What_it_may_not_have_is_refused_with_file_and_line(string line, string message)
    {
        var error = Fault(With(line));

        Assert.StartsWith($"config.yaml, line 3: {message}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_and_an_NKEY_together_are_refused() => Assert.Equal(
        "config.yaml, line 4: \"nats\" has one of \"credentials\" and \"nkey\", not both",
        Fault(With("credentials: { env: A }\n  nkey: /run/a.nk")));

    [Fact]
    public void Servers_are_needed() => Assert.Equal(
        "config.yaml, line 2: \"nats\" needs \"servers\": a list of addresses such as [nats://nats.example.org:4222]",
        Fault("nats:\n  stream: A\n"));

    [Fact]
    public void A_sprite_may_be_read_from_the_stream_with_or_without_another_way()
    {
        var config = UserConfig.Read(
            "config.yaml", $"{With("stream: A")}sprites:\n  shop: {{ nats: true, path: /srv/shop }}\n  far: {{ nats: true }}\n");

        Assert.All(config.Fleet.Sprites, static sprite => Assert.True(sprite.Nats));
        Assert.Equal("/srv/shop", config.Fleet.Sprites[0].Path);
    }

    [Fact]
    public void A_sprite_of_a_stream_needs_the_section() => Assert.Equal(
        "config.yaml, line 2: sprite \"far\" has \"nats: true\", and the file has no \"nats\" with \"servers\"",
        Fault("sprites:\n  far: { nats: true }\n"));

    private static string With(string line) => $"nats:\n  servers: ['nats://127.0.0.1']\n  {line}\n";

    private static NatsConfig Read(string text) => UserConfig.Read("config.yaml", text).Nats!;

    private static string Fault(string text) => Assert.Throws<SettingsException>(() => UserConfig.Read("config.yaml", text)).Message;
}
