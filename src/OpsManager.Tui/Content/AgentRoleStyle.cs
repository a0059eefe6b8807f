using OpsManager.Configuration.Themes;

namespace OpsManager.Tui.Content;

/// <summary>How the name of an agent's role looks: the same in every run and session.</summary>
internal static class AgentRoleStyle
{
    private static readonly StyleRole[] Styles =
        [StyleRole.RolePlanner, StyleRole.RoleImplementer, StyleRole.RoleTester, StyleRole.RoleReviewer];

    public static StyleRole For(string? role) => role switch
    {
        null or "" or "human" => StyleRole.Text,
        "planner" => StyleRole.RolePlanner,
        "implementer" => StyleRole.RoleImplementer,
        "tester" => StyleRole.RoleTester,
        "reviewer" => StyleRole.RoleReviewer,
        _ => Styles[role.Take(32).Sum(static letter => letter) % Styles.Length],
    };
}
