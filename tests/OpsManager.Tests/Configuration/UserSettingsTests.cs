using System.IO.Abstractions;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Themes;
using Xunit;

namespace OpsManager.Tests.Configuration;

public sealed class UserSettingsTests
{
    private const string MyTheme = "name: mine\nroles:\n  text: { fg: red, bg: black }\n";
    private const string MyKeys = "name: mine\nkeys:\n  sort: [S]\n";

    [Theory]
    [InlineData(ColorDepth.None, "mono")]
    [InlineData(ColorDepth.Sixteen, "sixteen")]
    [InlineData(ColorDepth.TwoFiftySix, "dark")]
    [InlineData(ColorDepth.True, "dark")]
    public void Without_any_wish_the_theme_fits_the_colours(ColorDepth depth, string name)
    {
        var chosen = new UserHome().Choose(depth: depth);

        Assert.Equal((name, $"themes/{name}.yaml", "default"), (chosen.Theme.Value.Name, chosen.Theme.File, chosen.Keymap.Value.Name));
        Assert.Null(chosen.Notice);
    }

    [Fact]
    public void The_librarys_driver_gets_sixteen_colours() =>
        Assert.Equal("sixteen", FittingTheme.For(new TerminalOptions { ForceLibrary = true }).Name);

    [Fact]
    public void A_flag_goes_before_the_configuration_and_that_before_the_default()
    {
        var home = new UserHome()
            .With("config.yaml", "theme: light\nkeymap: vim\n")
            .With("themes/mine.yaml", MyTheme)
            .With("keymaps/mine.yaml", MyKeys);

        var configured = home.Choose();
        Assert.Equal(("light", "vim"), (configured.Theme.Value.Name, configured.Keymap.Value.Name));
        Assert.Equal($"chosen in {UserHome.Root}/config.yaml", configured.Theme.Why);

        var asked = home.Choose("mine", "mine");
        Assert.Equal(("mine", "mine"), (asked.Theme.Value.Name, asked.Keymap.Value.Name));
        Assert.Equal($"{UserHome.Root}/themes/mine.yaml", asked.Theme.File);
        Assert.Equal(["S"], asked.Keymap.Value.KeysOf(ActionId.Sort));
        Assert.Equal(["q", "Ctrl+Q", "Ctrl+C"], asked.Keymap.Value.KeysOf(ActionId.Quit));
        Assert.Empty(asked.Problems);
    }

    [Fact]
    public void A_users_file_with_a_shipped_name_wins_and_may_build_on_it()
    {
        var home = new UserHome()
            .With("keymaps/vim.yaml", "name: vim\nbase: vim\nkeys:\n  sort: [S]\n")
            .With("keymaps/default.yaml", "name: default\nkeys:\n  sort: [Q]\n");

        var vim = home.Choose(keymap: "vim").Keymap.Value;
        Assert.Equal(["S"], vim.KeysOf(ActionId.Sort));
        Assert.Equal(["z", "Ctrl+W o"], vim.KeysOf(ActionId.Zoom));
        Assert.Equal(["Q"], home.Choose().Keymap.Value.KeysOf(ActionId.Sort));
        // A shipped keymap stays as it was shipped.
        Assert.Equal(["s"], home.Choose(keymap: "emacs").Keymap.Value.KeysOf(ActionId.Sort));
    }

    [Theory]
    [InlineData("themes/dark.yaml", "name: dark\nroles: {}\n", $"{UserHome.Root}/themes/dark.yaml, line 2: the role \"text\" is missing")]
    [InlineData(
        "keymaps/default.yaml", "name: default\nkeys:\n  sort: [j]\n",
        $"{UserHome.Root}/keymaps/default.yaml, line 3: the key j has two actions")]
    [InlineData(
        "config.yaml", "theme: drak\n", $"{UserHome.Root}/config.yaml, line 1: there is no theme \"drak\"; themes are colour-blind, dark")]
    [InlineData(
        "config.yaml", "theme: dark\nkeymap: vmi\n",
        $"{UserHome.Root}/config.yaml, line 2: there is no keymap \"vmi\"; keymaps are default, emacs, vim")]
    [InlineData(
        "config.yaml", "thme: dark\n", $"{UserHome.Root}/config.yaml, line 1: there is no setting \"thme\"; did you mean \"theme\"?")]
    [InlineData("config.yaml", "[", $"{UserHome.Root}/config.yaml, line ")]
    [InlineData("themes/dark.yaml", "name: dork\nroles: { text: {} }\n", "it must be \"dark\"")]
    public void A_broken_file_gives_way_to_a_shipped_one_and_is_told(string path, string text, string said)
    {
        var chosen = new UserHome().With(path, text).Choose();

        Assert.Equal(("dark", "themes/dark.yaml"), (chosen.Theme.Value.Name, chosen.Theme.File));
        Assert.Equal(("default", "keymaps/default.yaml"), (chosen.Keymap.Value.Name, chosen.Keymap.File));
        Assert.Contains(said, chosen.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_of_ones_own_gives_way_to_the_default()
    {
        var chosen = new UserHome().With("themes/mine.yaml", "name: mine\n").Choose("mine", depth: ColorDepth.Sixteen);

        Assert.Equal("sixteen", chosen.Theme.Value.Name);
        Assert.Contains("mine.yaml, line 1: \"roles\" is missing", chosen.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drak")]
    [InlineData("../config")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public void A_name_on_the_command_line_that_is_none_is_an_error_that_lists_the_names(string name) =>
        Assert.Contains("themes are colour-blind, dark, high-contrast, light, mine, mono, sixteen", Assert.Throws<SettingsException>(
            () => new UserHome().With("themes/mine.yaml", MyTheme).Choose(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_problem_of_every_file_is_found()
    {
        var home = new UserHome()
            .With("themes/a.yaml", "x")
            .With("keymaps/b.yaml", "name: b\nbase: c\nkeys: {}")
            .With("keymaps/c.yaml", "name: c\nbase: b\nkeys: {}")
            .With("config.yaml", "x: y");

        var problems = new UserSettings(home.Files).AllProblems();
        Assert.Equal(4, problems.Count);
        Assert.Contains(problems, static problem => problem.Contains("in a circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/xdg", "/home/ada", "/xdg/ops-manager")]
    [InlineData("xdg", "/home/ada", "/home/ada/.config/ops-manager")]
    [InlineData("", "/home/ada/", "/home/ada/.config/ops-manager")]
    [InlineData(null, "/home/ada", "/home/ada/.config/ops-manager")]
    [InlineData(null, "ada", null)]
    [InlineData(null, null, null)]
    public void The_directory_follows_the_XDG_specification(string? xdg, string? home, string? expected) =>
        Assert.Equal(
            expected,
            UserFiles.Create(new FileSystem(), name => name switch { "XDG_CONFIG_HOME" => xdg, "HOME" => home, _ => null }).Root);

    [Fact]
    public void Without_a_directory_there_are_the_shipped_files_alone()
    {
        var settings = new UserSettings(new UserFiles(new FileSystem(), null));

        Assert.Equal("dark", settings.Choose(null, null, DefaultTheme.Dark).Theme.Value.Name);
        Assert.Empty(settings.AllProblems());
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        var home = new UserHome().With("themes/big.yaml", new string('#', SettingsYaml.MaxLength + 1));

        Assert.Contains(
            "big.yaml, line 1: the file is larger than 1024 KiB",
            Assert.Throws<SettingsException>(() => home.Files.Find("themes", "big")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_in_the_place_of_a_file_is_a_fault_and_no_crash()
    {
        var root = Directory.CreateTempSubdirectory("ops-manager-");
        try
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, "config.yaml"));
            var chosen = new UserSettings(new UserFiles(new FileSystem(), root.FullName)).Choose(null, null, DefaultTheme.Dark);
            Assert.Equal($"{root.FullName}/config.yaml: a directory is where a file should be", chosen.Notice);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_theme_that_changed_since_it_was_loaded_is_noticed_once()
    {
        var home = new UserHome().With("themes/mine.yaml", MyTheme);
        var themes = new ThemeCatalog(home.Files);

        Assert.False(themes.Changed("mine"));
        Assert.Equal("mine", themes.Load("mine").Name);
        Assert.False(themes.Changed("mine"));
        home.With("themes/mine.yaml", MyTheme + "  failed: { style: bold }\n");
        Assert.True(themes.Changed("mine"));
        Assert.Equal(TextStyles.Bold, themes.Load("mine")[StyleRole.Failed].Style);
        Assert.False(themes.Changed("mine"));
    }

    [Fact]
    public void A_theme_that_broke_is_told_once_and_one_that_went_is_the_shipped_one_again()
    {
        var home = new UserHome().With("themes/dark.yaml", "name: dark\nroles: { text: { fg: red } }");
        var themes = new ThemeCatalog(home.Files);
        themes.Load("dark");
        home.With("themes/dark.yaml", "name: dark");
        Assert.True(themes.Changed("dark"));
        Assert.Throws<SettingsException>(() => themes.Load("dark"));
        Assert.False(themes.Changed("dark"));
        home.Without("themes/dark.yaml");
        Assert.True(themes.Changed("dark"));
        themes.Load("dark");
        Assert.False(themes.Changed("dark"));
        themes.Load("light");
        Assert.False(themes.Changed("light"));
    }
}
