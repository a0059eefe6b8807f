using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Timeline;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Timeline;

/// <summary>The words of each event that the runtime writes, by its name and what it carries.</summary>
public sealed class EventWordsTests
{
    public static readonly TheoryData<string, string, string> Table = new()
    {
        {
            "loop_start",
            """{"spec_file":".superloop/specs/test.md","max_iterations":15}""",
            "loop started: 15 iterations at most, spec test.md"
        },
        { "loop_start", """{"max_iterations":1}""", "loop started: 1 iteration at most" },
        { "loop_start", "{}", "loop started" },
        { "iteration_start", "{}", "iteration 3 of 15 started" },
        {
            "iteration_end",
            """{"completion":false,"promise":false,"tests":"failed","checklist":"ok"}""",
            "iteration 3 of 15 ended: tests failed, no promise"
        },
        {
            "iteration_end",
            """{"completion":false,"promise":true,"tests":"ok","approval":"pending"}""",
            "iteration 3 of 15 ended: approval pending"
        },
        { "iteration_end", """{"completion":true,"promise":true,"tests":"ok"}""", "iteration 3 of 15 ended: complete" },
        {
            "iteration_end",
            """{"promise":false,"tests":"failed","validation":"failed","checklist":"remaining"}""",
            "iteration 3 of 15 ended: tests failed, validation failed and 2 more"
        },
        { "iteration_end", "{}", "iteration 3 of 15 ended" },
        { "role_start", """{"prompt_file":"/srv/app/planner.md"}""", "started" },
        { "role_end", """{"log_file":"/srv/app/planner.log"}""", "ended" },
        { "role_end", """{"status":"error"}""", "ended: error" },
        { "role_timeout", """{"role":"tester","timeout_seconds":300}""", "timed out after 5m" },
        { "promise_checked", """{"expected":"DONE","text":"","matched":false}""", "no promise: DONE was not found" },
        { "promise_checked", """{"expected":"DONE","text":"DONE","matched":true}""", "promise found: DONE" },
        { "promise_checked", """{"expected":"DONE","text":"NEARLY","matched":false}""", "promise does not match: NEARLY, expected DONE" },
        { "checklist_start", """{"patterns":[]}""", "checklist started" },
        { "checklist_end", """{"status":"ok","details":{"ok":true,"remaining":0}}""", "checklist done" },
        { "checklist_end", """{"status":"remaining","details":{"remaining":2,"total":5}}""", "checklist: 3 of 5 done" },
        { "checklist_end", """{"status":"remaining","details":{"remaining":1}}""", "checklist: 1 item left" },
        { "checklist_end", """{"status":"skipped"}""", "checklist skipped" },
        { "tests_start", """{"mode":"on_promise","commands":["npm test"]}""", "tests started: npm test" },
        { "tests_start", """{"commands":["a","b","c","d"]}""", "tests started: a, b and 2 more" },
        { "tests_end", """{"status":"ok","details":{"ok":true,"exit_code":0}}""", "tests passed" },
        { "tests_end", """{"status":"failed","details":{"command":"npm test","exit_code":1}}""", "tests failed: npm test, exit 1" },
        { "tests_end", """{"status":"failed","details":{"exit_code":2}}""", "tests failed: exit 2" },
        { "tests_end", """{"ok":false}""", "tests failed" },
        { "tests_end", """{"status":"skipped"}""", "tests skipped" },
        { "tests_rerun_start", """{"commands":["npm test"]}""", "tests started again: npm test" },
        { "tests_rerun_end", """{"status":"ok"}""", "tests run again passed" },
        { "validation_start", """{"enabled":"false","mode":"every"}""", "validation off" },
        { "validation_end", """{"status":"skipped","results_file":""}""", "validation skipped" },
        { "validation_end", """{"status":"ok"}""", "validation passed" },
        { "prerequisites_start", """{"enabled":"true"}""", "prerequisites started" },
        { "prerequisites_end", """{"status":"failed"}""", "prerequisites not met" },
        { "evidence_start", """{"enabled":"true"}""", "evidence started" },
        { "evidence_end", """{"status":"ok","evidence_file":"e.json"}""", "evidence written" },
        { "lifecycle_start", """{"strict":"true"}""", "lifecycle started" },
        { "lifecycle_end", """{"status":"ok","ok":true}""", "lifecycle passed" },
        { "gates_evaluated", """{"promise":true,"tests":"ok","validation":"skipped"}""", "all gates passed" },
        { "gates_evaluated", """{"promise":false,"tests":"ok"}""", "gates: no promise" },
        { "stuck_checked", """{"streak":1,"threshold":3,"triggered":false}""", "no progress in 1 of 3 iterations" },
        { "stuck_checked", """{"streak":0,"threshold":3,"triggered":false}""", "progress made" },
        { "stuck_checked", """{"streak":3,"threshold":3,"triggered":true}""", "stuck: no progress in 3 iterations" },
        { "approval_requested", """{"approval_file":"a.json","promise":true}""", "approval requested" },
        { "approval_wait", "{}", "waiting for approval" },
        { "approval_decision", """{"status":"approved","by":"builder","note":"looks good"}""", "approved by builder: looks good" },
        { "approval_decision", """{"status":"rejected","by":"bob"}""", "rejected by bob" },
        { "approval_consumed", """{"status":"approved","by":"builder"}""", "approval consumed by builder" },
        { "approval_rejected", """{"status":"rejected","by":"bob","note":"no"}""", "rejection consumed by bob: no" },
        { "loop_complete", """{"iteration":2}""", "loop complete" },
        { "loop_complete", """{"approval":true}""", "loop complete, as approved" },
        { "loop_stop", """{"reason":"max_iterations","max_iterations":2}""", "loop stopped: the limit of 2 iterations was reached" },
        { "loop_stop", """{"reason":"no_progress"}""", "loop stopped: no progress" },
        {
            "no_progress_stop",
            """{"reason":"checklist_remaining_no_change","streak":2}""",
            "stopped: no progress in 2 iterations (checklist remaining no change)"
        },
        { "rate_limit_stop", """{"info":{"resets_in":2700}}""", "stopped: rate limit reached, resets in 45m" },
        { "usage_limit_blocked", "{}", "blocked: usage limit reached" },
        { "pre_commit_executed", """{"exit_code":0}""", "pre-commit ran  exit_code=0" },
        { "auto_commit_done", """{"commit":"abc","status":"ok"}""", "auto commit done: ok  commit=abc" },
        { "recovery_start", """{"reason":"torn"}""", "recovery start  reason=torn" },
        { "rlms_end", "{}", "rlms end" },
        { "delegation_request_pass_start", "{}", "is asked what to delegate" },
        { "delegation_request_pass_end", """{"status":"ok"}""", "has said what to delegate" },
        { "delegation_child_start", """{"child_id":"find-callers"}""", "child find-callers started" },
        {
            "delegation_child_end",
            """{"child_id":"find-callers","status":"ok","terminal_state":"completed","exit_code":0,"attempts":1}""",
            "child find-callers completed"
        },
        {
            "delegation_child_end",
            """{"child_id":"x","status":"error","terminal_state":"failed","exit_code":3,"attempts":2}""",
            "child x ended: failed, exit 3, attempt 2"
        },
        { "delegation_wave_start", """{"wave":1,"children_to_run":3,"concurrency_cap":2}""", "wave 1 started: 3 children, 2 at a time" },
        {
            "delegation_wave_dispatch",
            """{"child_id":"x","launched_children":1,"total_children":3}""",
            "child x dispatched, 1 of 3 launched"
        },
        {
            "delegation_wave_queue_drain",
            """{"wave":1,"active_workers":1,"launched_children":2,"total_children":3}""",
            "wave 1: 1 at work, 2 of 3 launched"
        },
        {
            "delegation_wave_end",
            """{"wave":1,"requested_children":3,"children_succeeded":1}""",
            "wave 1 ended: 1 of 3 children succeeded"
        },
        {
            "delegation_recon_violation",
            """{"child_id":"docs","changed_files":["docs/api.md"]}""",
            "child docs changed docs/api.md, but may only look"
        },
        { "delegation_fail_role", "{}", "failed: its delegation failed" },
        { "delegation_adaptation_stop", """{"reason":"x"}""", "delegation adaptation stop  reason=x" },
        {
            "agent_mood_changed",
            """{"mood":"cheerful","file":"/srv/app/a.md","deep":{"x":1}}""",
            "agent_mood_changed  mood=cheerful  file=a.md"
        },
        { "agent_mood_changed", """{"status":"odd"}""", "agent_mood_changed: odd" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void An_event_says_in_words_what_happened(string name, string data, string words) => Assert.Equal(words, For(name, data));

    [Fact]
    public void Every_known_name_has_words_of_its_own()
    {
        var names = typeof(EventNames).GetFields().Select(static field => (string)field.GetRawConstantValue()!);

        Assert.All(names, static name => Assert.DoesNotContain(name, EventWords.For(new EventFields(name)), StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_is_part_of_the_words()
    {
        Assert.Equal("ended: all is done", EventWords.For(new EventFields("role_end", Message: "all is done")));
        var note = new EventFields("role_note", Message: "plan ready", Data: Json("""{"text":"x"}"""));
        Assert.Equal("role_note  plan ready", EventWords.For(note));
    }

    /// <summary>A search leaves out lines by this without putting them into words.</summary>
    [Theory]
    [MemberData(nameof(Table))]
    public void Every_run_of_letters_is_a_fixed_word_or_stands_in_the_event(string name, string data, string words)
    {
        var line = $"{name} {data}";
        char[] between = [.. words.Where(static letter => !char.IsAsciiLetter(letter)).Distinct()];
        var runs = between.Length == 0 ? [words] : words.Split(between, StringSplitOptions.RemoveEmptyEntries);

        Assert.All(runs, run => Assert.Contains(run, $"{EventVocabulary.Text} {line}", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Fields_of_any_type_and_size_do_no_harm(string name, string data, string words)
    {
        Assert.NotEmpty(words);
        var huge = new string('x', 100_000);
        foreach (var field in Json(data)!.Value.EnumerateObject())
        {
            foreach (var value in (string[])["null", "[]", "{}", "7", "-1", "9e99", "true", $"\"{huge}\"", "[[1]]", "[null,2]"])
            {
                var changed = For(name, $$"""{"{{field.Name}}":{{value}} }""");
                Assert.InRange(changed.Length, 1, EventWords.MaxChars + 1);
            }
        }

        Assert.InRange(EventWords.For(new EventFields(huge, huge, huge)).Length, 1, EventWords.MaxChars + 1);
        Assert.NotEmpty(For(name, "[1]"));
        Assert.NotEmpty(For(name, "7"));
    }

    [Theory]
    [InlineData("validation_start", """{"enabled":"false"}""", true)]
    [InlineData("validation_start", """{"enabled":"true"}""", false)]
    [InlineData("validation_end", """{"status":"skipped"}""", true)]
    [InlineData("tests_end", """{"status":"ok"}""", false)]
    [InlineData("role_end", """{"status":"skipped"}""", false)]
    public void A_gate_that_is_off_is_told_from_one_that_was_checked(string name, string data, bool isOff)
    {
        var json = Json(data);

        Assert.Equal(isOff, EventWords.IsOff(new EventFields(name, json?.Text("status"), null, json)));
    }

    private static string For(string name, string data)
    {
        var json = Json(data);
        return EventWords.For(new EventFields(name, json?.Text("status"), null, json) { Iteration = 3, MaxIterations = 15 });
    }

    private static JsonElement? Json(string text) => JsonDocument.Parse(text).RootElement;
}
