using System.Globalization;
using System.IO.Abstractions;
using System.Text;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Kills all that a program started, itself first among them: its group, its session, and its descendants wherever they are.
/// </summary>
internal sealed class ChildGroup(IFileSystem files)
{
    /// <summary>What is started between two looks is found by the next one.</summary>
    private const int MaxLooks = 8;

    /// <param name="leader">Not reaped yet, and the first of a session of its own.</param>
    public void Kill(int leader)
    {
        // Stopped first: what does not run starts nothing, and a parent that does not end keeps its children findable.
        _ = ChildLibc.Kill(-leader, ChildLibc.SigStop);
        var killed = new HashSet<(int Pid, ulong Started)>();
        var found = Members(leader, killed);
        _ = ChildLibc.Kill(-leader, ChildLibc.SigKill);
        for (var look = 0; look < MaxLooks && found.Count > 0; look++)
        {
            foreach (var member in found.Where(member => Read(member.Pid)?.Started == member.Started))
            {
                _ = ChildLibc.Kill(member.Pid, ChildLibc.SigKill);
            }

            killed.UnionWith(found.Select(static member => (member.Pid, member.Started)));
            found = Members(leader, killed);
        }
    }

    /// <summary>
    /// Those that are not known yet. Where there is no /proc there are none to be found, and the group is all that is killed.
    /// </summary>
    private List<Member> Members(int leader, HashSet<(int Pid, ulong Started)> known)
    {
        var all = new List<Member>();
        try
        {
            all.AddRange(files.Directory.EnumerateDirectories("/proc")
                .Select(path => files.Path.GetFileName(path))
                .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? Read(pid) : null)
                .OfType<Member>());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        var parents = known.Select(static one => one.Pid).Append(leader).ToHashSet();
        var members = new List<Member>();
        var before = -1;
        while (before != members.Count)
        {
            before = members.Count;
            members.AddRange(all.Where(one => one.Pid != leader
                && (one.Group == leader || one.Session == leader || parents.Contains(one.Parent))
                && parents.Add(one.Pid)));
        }

        return [.. members.Where(static member => member.State is not ('Z' or 'X'))];
    }

    private Member? Read(int pid)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(files.File.ReadAllBytes($"/proc/{pid}/stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has exited between two looks: that is the answer.
            return null;
        }

        // "pid (name) state ppid pgrp session …": the name may hold anything, so what counts is behind the last parenthesis.
        var fields = text[(text.LastIndexOf(") ", StringComparison.Ordinal) + 2)..].Split(' ');
        return fields.Length > 19
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var session)
            && ulong.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            ? new Member(pid, fields[0][0], parent, group, session, started)
            : null;
    }

    private sealed record Member(int Pid, char State, int Parent, int Group, int Session, ulong Started);
}
