using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using Xunit;

namespace OpsManager.Control.Tests.Act;

public sealed class CommandFinderTests : IDisposable
{
    private readonly TempRepo folder = new();
    private readonly Dictionary<string, string> environment = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_flag_comes_before_the_variable_the_repository_and_the_path()
    {
        var (flag, variable, path) = (Program("flag/x"), Program("variable/x"), Program("path/superloop"));
        Program("superloop.sh");
        environment["SUPERLOOP_BIN"] = variable;
        environment["PATH"] = folder.Full("path");

        Assert.Equal((flag, "--superloop-bin"), Find(flag));
        Assert.Equal((variable, "SUPERLOOP_BIN"), Find(null));
        environment.Remove("SUPERLOOP_BIN");
        Assert.Equal((folder.Full("superloop.sh"), "the repository's superloop.sh"), Find(null));
        File.Delete(folder.Full("superloop.sh"));
        Assert.Equal((path, "PATH"), Find(null));
        Assert.Equal((path, "--superloop-bin"), Find("superloop"));
    }

    [Fact]
    public void What_is_missing_or_cannot_be_executed_is_said_with_what_to_do()
    {
        environment["PATH"] = "";
        Assert.Equal("superloop.sh was not found. Set --superloop-bin or SUPERLOOP_BIN.", Fault(null));
        Assert.Equal("--superloop-bin is set to /no/such, which does not exist", Fault("/no/such"));
        Assert.StartsWith("--superloop-bin is set to superloop, which is not on PATH", Fault("superloop"), StringComparison.Ordinal);

        folder.Write("superloop.sh", "#!/bin/sh\n");
        Assert.EndsWith("run chmod +x on it", Fault(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "/bin/x plain")]
    [InlineData("two words", "/bin/x 'two words'")]
    [InlineData("it's $(x)", "/bin/x 'it'\\''s $(x)'")]
    [InlineData("", "/bin/x ''")]
    public void The_line_to_run_by_hand_is_quoted_for_a_shell(string word, string line) =>
        Assert.Equal(line, new RuntimeCommand("/bin/x", "").Line([word]));

    private (string, string) Find(string? flag)
    {
        var found = new CommandFinder(new FileSystem(), name => environment.GetValueOrDefault(name)).Find(folder.Root, flag);
        return (found.File, found.FoundBy);
    }

    private string Fault(string? flag) => Assert.Throws<ContractException>(() => Find(flag)).Message;

    private string Program(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Full(path))!);
        folder.Write(path, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Full(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder.Full(path);
    }
}
