using System.Diagnostics;

// approve --repo R --loop L --by NAME [--note T] [--reject], cancel --repo R, and run --repo R --loop L, which takes a decision up.
// run with --end complete, approval, idle or wait is a whole run, with --pause-ms between its steps.
// overrule decides as approve does, whatever was decided since it read the request; ask --run R is a run that asks for an approval.
// TEST_RUNTIME_BEFORE_MS and _AFTER_MS make it slow, and TEST_RUNTIME_JOURNAL is where it notes what it really did (Journal).
// TEST_RUNTIME_FAULT says what goes wrong: nothing, fail, hang, flood, die-half, other, overruled, survive, linger, slow.
var words = args.ToList();
string? Word(string name) => words.IndexOf(name) is >= 0 and var at && at + 1 < words.Count ? words[at + 1] : null;
var fault = Environment.GetEnvironmentVariable("TEST_RUNTIME_FAULT") ?? "";
var repo = Word("--repo") ?? ".";
var journal = new OpsManager.TestRuntime.Journal(Environment.GetEnvironmentVariable("TEST_RUNTIME_JOURNAL"));
var runtime = new OpsManager.TestRuntime.Runtime(
    Path.Combine(repo, ".superloop"), Word("--loop") ?? "", journal, Pause("TEST_RUNTIME_BEFORE_MS"));
journal.Begin(words[0], runtime.RequestedAt);
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
    "approve" => runtime.Decide(
        words.Contains("--reject") ? "rejected" : "approved", fault == "other" ? "somebody-else" : Word("--by") ?? "", Word("--note"),
        fault == "die-half"),
    "overrule" => runtime.DecideAnew(words.Contains("--reject") ? "rejected" : "approved", Word("--by") ?? ""),
    "ask" => runtime.Ask(Word("--run") ?? ""),
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

Thread.Sleep(Pause("TEST_RUNTIME_AFTER_MS"));
return code;

static TimeSpan Pause(string variable) =>
    TimeSpan.FromMilliseconds(int.TryParse(
        Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out var ms) ? ms : 0);
