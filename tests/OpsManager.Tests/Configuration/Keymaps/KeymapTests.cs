using OpsManager.Configuration.Files;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Yaml;
using Xunit;

namespace OpsManager.Tests.Configuration.Keymaps;

public sealed class KeymapTests
{
    [Fact]
    public void A_list_replaces_all_keys_of_its_action_and_leaves_the_others()
    {
        var keymap = Read("name: mine\nkeys:\n  move-down: [n, Down]\n  next-match: B\n  sort: []\n");

        Assert.Equal(["n", "Down"], keymap.KeysOf(ActionId.MoveDown));
        Assert.Equal(["B"], keymap.KeysOf(ActionId.NextMatch));
        Assert.Empty(keymap.KeysOf(ActionId.Sort));
        Assert.Equal(["k", "Up"], keymap.KeysOf(ActionId.MoveUp));
        Assert.Equal(ActionId.MoveDown, keymap.Find(KeyContext.Screen, Keys("n")).Action);
        Assert.Null(keymap.Find(KeyContext.Screen, Keys("j")).Action);
    }

    [Fact]
    public void The_first_key_of_a_sequence_asks_for_more()
    {
        var vim = KeymapCatalog.Shipped("vim");

        Assert.Equal(new KeyMatch(null, true), vim.Find(KeyContext.Screen, Keys("g")));
        Assert.Equal(new KeyMatch(ActionId.MoveToTop, false), vim.Find(KeyContext.Screen, Keys("g g")));
        Assert.Equal(new KeyMatch(ActionId.Quit, false), vim.Find(KeyContext.Screen, Keys("Z Z")));
    }

    [Fact]
    public void The_default_keys_of_every_action_but_the_rare_ones_are_bound_in_every_shipped_keymap()
    {
        ActionId[] byPaletteOnly = [ActionId.ShowGates, ActionId.ShowApproval, ActionId.ShowControl];
        foreach (var name in ShippedFiles.Names("keymaps"))
        {
            var keymap = KeymapCatalog.Shipped(name);
            Assert.Equal(
                byPaletteOnly,
                Bindings.All.Select(static binding => binding.Action).Where(action => keymap.KeysOf(action).Count == 0).Order());
        }
    }

    [Theory]
    [InlineData("  move-dwon: [j]", 3, "there is no action \"move-dwon\"; did you mean \"move-down\"?")]
    [InlineData("  xyzzyplugh: [j]", 3, "there is no action \"xyzzyplugh\"; actions are move-down, move-up")]
    [InlineData("  sort: [s, gg]", 3, "\"gg\" is not a key")]
    [InlineData("  sort: [\"g g g g g\"]", 3, "is too long")]
    [InlineData("  zoom: [z]\n  sort: [Ctrl+I]", 4, "a terminal cannot send Ctrl+I: the program gets Tab instead")]
    [InlineData("  sort: [\"Ctrl+\U0001F600\"]", 3, "a terminal cannot send Ctrl+\U0001F600: the program gets \U0001F600 instead")]
    [InlineData("  sort: [j]", 3, "the key j has two actions: move-down and sort")]
    [InlineData("  sort: [B, B]", 3, "sort has the key B twice")]
    [InlineData("  sort: [j x]", 3, "j (move-down) is the beginning of j x (sort)")]
    [InlineData("  sort: [B c]\n  copy: [B]", 4, "B (copy) is the beginning of B c (sort)")]
    [InlineData("  send: [Enter]", 3, "Enter cannot send")]
    [InlineData("  send: [Space]", 3, "Space cannot send")]
    [InlineData("  send: [y y]", 3, "y y cannot send")]
    [InlineData("  send: [Ctrl+Y]", 3, "Ctrl+Y cannot send")]
    [InlineData("  send: [a]", 3, "a opens the box that asks (approve-run), so it cannot send")]
    [InlineData("  cancel-run: [y]\n  copy: [B]", 3, "y opens the box that asks (cancel-run), so it cannot send")]
    [InlineData("  edit-note: [\"4\"]", 3, "4 is typed to cancel a run")]
    [InlineData("  accept: [a]", 3, "a types a character while a line is typed, so accept cannot have it")]
    [InlineData("  accept: [Space]", 3, "Space types a character")]
    [InlineData("  quit: []", 3, "quit must have a key")]
    [InlineData("  help: []", 3, "help must have a key")]
    [InlineData("  cancel: []", 3, "cancel must have a key")]
    [InlineData("  sort: {a: b}", 3, "a plain word is expected here")]
    [InlineData("  sort: [a]\n  zoom: [z]\n  sort: [b]", 5, "uplicate key")]
    [InlineData("  sort: &x [a]\n  copy: *x", 4, "aliases")]
    [InlineData("colour: red", 3, "there is no setting \"colour\"")]
    public void A_fault_names_file_line_and_what_to_do(string keys, int line, string said)
    {
        var error = Assert.Throws<SettingsException>(() => Read($"name: mine\nkeys:\n{keys}\n"));
        Assert.StartsWith($"mine.yaml, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: mine\nbase: none\nkeys:\n  quit: [q]\n", "mine.yaml, line 4: help must have a key")]
    [InlineData("name: mine\nbase: vmi\nkeys: {}\n", "mine.yaml, line 2: the base \"vmi\" is not a keymap")]
    [InlineData("keys: {}\n", "mine.yaml, line 1: \"name\" is missing")]
    [InlineData("name: mine\n", "mine.yaml, line 1: \"keys\" is missing")]
    [InlineData("name: mine\nkeys: [a]\n", "mine.yaml, line 2: \"keys\" must be a mapping")]
    [InlineData("", "mine.yaml, line 1: the file must be one mapping")]
    [InlineData("a: b\n---\nc: d\n", "mine.yaml, line 1: the file must be one mapping")]
    [InlineData("name: [\n", "mine.yaml, line")]
    public void A_file_that_is_no_keymap_is_refused(string text, string said) =>
        Assert.Contains(said, Assert.Throws<SettingsException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Keymaps_that_build_on_each_other_in_a_circle_are_refused()
    {
        var error = Assert.Throws<SettingsException>(
            () => Keymap.Read("a.yaml", Over("b"), static (_, name) => new SettingsFile($"{name}.yaml", Over(name == "a" ? "b" : "a"))));
        Assert.Equal("b.yaml, line 2: keymaps build on each other in a circle: a.yaml on b.yaml on a.yaml", error.Message);

        static string Over(string name) => $"name: x\nbase: {name}\nkeys: {{}}\n";
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("!a ")]
    [InlineData("\"")]
    [InlineData("a: b\n")]
    [InlineData("- a\n")]
    [InlineData("[a, ")]
    [InlineData("%")]
    [InlineData("\t")]
    public void Hostile_text_is_refused_in_good_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, SettingsYaml.MaxLength / piece.Length));
        var began = ThreadTime.Now;
        var error = Assert.Throws<SettingsException>(() => Read(text));
        Assert.InRange(error.Message.Length, 1, 400);
        Assert.InRange((ThreadTime.Now - began).TotalSeconds, 0, 10);
    }

    [Fact]
    public void Many_keys_are_read_in_good_time()
    {
        var text = "name: mine\nkeys:\n  sort: ["
            + string.Join(", ", Enumerable.Range(0x4E00, 20000).Select(static code => $"{(char)code}")) + "]\n";
        var began = ThreadTime.Now;
        Assert.Equal(20000, Read(text).KeysOf(ActionId.Sort).Count);
        Assert.InRange((ThreadTime.Now - began).TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused() =>
        Assert.Contains(
            "larger than 1024 KiB", Assert.Throws<SettingsException>(() => Read(new string('#', SettingsYaml.MaxLength + 1))).Message,
            StringComparison.Ordinal);

    private static Keymap Read(string text) => Keymap.Read("mine.yaml", text, static (_, name) => ShippedFiles.Find("keymaps", name));

    private static KeySequence Keys(string text)
    {
        Assert.True(KeySequence.TryParse(text, out var keys));
        return keys;
    }
}
