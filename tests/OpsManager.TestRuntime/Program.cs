using System.Diagnostics;

// approve --repo R --loop L --by NAME [--note T] [--reject], cancel --repo R, and run --repo R --loop L, which takes a decision up.
// run with --end complete, approval, idle or wait is a whole run, with --pause-ms between its steps.
// TEST_RUNTIME_FAULT says what goes wrong: nothing, fail, hang, flood, die-half, other, overruled, survive, linger, slow.
var words = args.ToList();
string? Word(string name) => words.IndexOf(name) is >= 0 and var at && at + 1 < words.Count ? words[at + 1] : null;
var fault = Environment.GetEnvironmentVariable("TEST_RUNTIME_FAULT") ?? "";
var repo = Word("--repo") ?? ".";
var runtime = new OpsManager.TestRuntime.Runtime(Path.Combine(repo, ".superloop"), Word("--loop") ?? "");
switch (fault)
{
    case "nothing":
        return 0;
    case "fail":
        Console.Error.WriteLine("no pending approval");
        return 3;
    case "hang":
        Process.Start("sleep", "600").WaitForExit();
        return 0;
    case "slow":
        Process.Start("sleep", "4").WaitForExit();
        break;
    case "flood":
        var line = new string('x', 1023);
        for (var i = 0; i < 100 * 1024; i++)
        {
            Console.WriteLine(line);
        }

        break;
}

var code = words[0] switch
{
    "approve" => runtime.Decide(words.Contains("--reject") ? "rejected" : "approved", fault == "other" ? "somebody-else" : Word("--by") ?? "", Word("--note"), fault == "die-half"),
    "cancel" => runtime.Cancel(fault == "survive"),
    "run" when Word("--end") is { } end => new OpsManager.TestRuntime.LiveRun(
        Path.Combine(repo, ".superloop"),
        Word("--loop") ?? "",
        end,
        TimeSpan.FromMilliseconds(double.Parse(Word("--pause-ms") ?? "200", System.Globalization.CultureInfo.InvariantCulture))).Work(),
    "run" => runtime.TakeUp(),
    _ => 64,
};
if (fault == "overruled")
{
    runtime.Overrule(words.Contains("--reject") ? "approved" : "rejected", "bob");
}

if (fault == "linger")
{
    // The work is done, and it does not end.
    Process.Start("sleep", "20").WaitForExit();
}

return code;
