using OpsManager.Configuration;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Manager;
using OpsManager.Session;
using Xunit;

namespace OpsManager.Tests.Configuration.Notify;

public sealed class NotifyConfigTests
{
    private const string File = $"{UserHome.Root}/config.yaml";

    [Fact]
    public void Everything_can_be_chosen()
    {
        var notify = Read("""
            theme: light
            notify:
              terminal: osc777
              command: [/usr/local/bin/page, --to, "on call; $HOME", '']
              timeout-seconds: 5
              per-minute: 2
              on: [run_failed, rolled_back, run_failed]
            """);

        Assert.Equal(NotificationForm.Osc777, notify.Terminal);
        Assert.Equal(["/usr/local/bin/page", "--to", "on call; $HOME", ""], notify.Hook!.Words);
        Assert.Equal((TimeSpan.FromSeconds(5), 2), (notify.Hook.Timeout, notify.Hook.PerMinute));
        Assert.Equal([NoticeKind.RunFailed, NoticeKind.RolledBack], notify.On);
        Assert.Equal(File, notify.File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("theme: light\n")]
    [InlineData("notify: {}\n")]
    public void What_is_not_said_is_the_bell_for_everything_and_no_command(string text)
    {
        var notify = Read(text);

        Assert.Equal((null, null), (notify.Terminal, notify.Hook));
        Assert.Equal(NoticeKinds.All, notify.On);
        Assert.Equal((NotificationForm.Bell, "the default"), OperatorsHook.Form(notify, null));
    }

    [Fact]
    public void A_command_alone_has_ten_seconds_and_twelve_runs_a_minute()
    {
        var hook = Read("notify:\n  command: [page]\n").Hook!;

        Assert.Equal((TimeSpan.FromSeconds(10), 12), (hook.Timeout, hook.PerMinute));
    }

    [Fact]
    public void A_flag_goes_before_the_file_and_that_before_the_default()
    {
        var notify = Read("notify: { terminal: osc9 }\n");

        Assert.Equal((NotificationForm.Osc9, $"chosen in {File}"), OperatorsHook.Form(notify, null));
        Assert.Equal((NotificationForm.None, "asked for by flag"), OperatorsHook.Form(notify, "none"));
    }

    [Theory]
    [InlineData("notify: bell\n", 1, "\"notify\" must be a mapping")]
    [InlineData("theme: dark\nnotify:\n  terminl: bell\n", 3, "there is no setting \"terminl\"; did you mean \"terminal\"?")]
    [InlineData(
        "notify:\n  shell: x\n", 2, "there is no setting \"shell\"; settings are terminal, command, timeout-seconds, per-minute, on")]
    [InlineData("notify:\n  terminal: bel\n", 2, "there is no way \"bel\" to call; did you mean \"bell\"?")]
    [InlineData("notify:\n  terminal: dbus-daemon\n", 2, "there is no way \"dbus-daemon\" to call; ways are bell, osc9, osc777, none")]
    [InlineData("notify:\n  terminal: [bell]\n", 2, "a plain word is expected here")]
    [InlineData(
        "notify:\n  command: notify-send hello\n", 2,
        "\"command\" must be a list of words, such as [notify-send, \"ops-manager\"]: no shell reads it")]
    [InlineData("notify:\n  command: []\n", 2, "\"command\" must be a list of words")]
    [InlineData("notify:\n  command: [page, [a]]\n", 2, "a plain word is expected here")]
    [InlineData(
        "notify:\n  command: [bin/page]\n", 2,
        "\"command\" begins with \"bin/page\": an absolute path is expected there, or a name on PATH")]
    [InlineData("notify:\n  command: [~/bin/page]\n", 2, "an absolute path is expected there")]
    [InlineData("notify:\n  command: [\"\"]\n", 2, "an absolute path is expected there")]
    [InlineData("notify:\n  command: [page, \"\\0\"]\n", 2, "a character of code 0")]
    [InlineData("notify:\n  timeout-seconds: 0\n", 2, "\"timeout-seconds\" must be a whole number from 1 to 300")]
    [InlineData("notify:\n  timeout-seconds: 1.5\n", 2, "\"timeout-seconds\" must be a whole number from 1 to 300")]
    [InlineData("notify:\n  per-minute: 601\n", 2, "\"per-minute\" must be a whole number from 1 to 600")]
    [InlineData("notify:\n  per-minute: many\n", 2, "\"per-minute\" must be a whole number from 1 to 600")]
    [InlineData(
        "notify:\n  on: run_failed\n", 2,
        "\"on\" must be a list of notices, of approval_asked, run_failed, rolled_back, control_ambiguous")]
    [InlineData("notify:\n  on: []\n", 2, "\"on\" must be a list of notices")]
    [InlineData(
        "notify:\n  on:\n    - run_failed\n    - run_faild\n", 4, "there is no notice \"run_faild\"; did you mean \"run_failed\"?")]
    public void What_cannot_be_used_is_told_with_file_line_and_what_is_allowed(string text, int line, string said)
    {
        var fault = Assert.Throws<SettingsException>(() => Read(text)).Message;

        Assert.StartsWith($"{File}, line {line}: ", fault, StringComparison.Ordinal);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_gives_way_to_the_default_and_is_told()
    {
        var settings = new UserSettings(new UserHome().With("config.yaml", "notify:\n  terminal: bel\n").Files);

        Assert.Same(NotifyConfig.Default, settings.Config.Notify);
        Assert.Contains("line 2: there is no way", settings.ConfigFault, StringComparison.Ordinal);
        Assert.Equal(settings.ConfigFault, Assert.Single(settings.AllProblems()));
    }

    [Fact]
    public void Every_kind_of_notice_and_every_form_has_its_word()
    {
        Assert.Equal(NoticeKinds.All, NoticeKinds.Words.Select(static word => NoticeKinds.TryParse(word, out var kind) ? kind : default));
        Assert.Equal(NoticeKinds.Words, NoticeKinds.All.Select(static kind => kind.Word()));
        Assert.Equal(
            Enum.GetValues<NotificationForm>(),
            NotificationForms.Words.Select(static word => NotificationForms.TryParse(word, out var form) ? form : default));
    }

    private static NotifyConfig Read(string text) => UserConfig.Read(File, text).Notify;
}
