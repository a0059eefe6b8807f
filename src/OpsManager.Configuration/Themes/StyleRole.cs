namespace OpsManager.Configuration.Themes;

/// <summary>What a piece of text means; a theme says what that looks like. Names in theme files are these in kebab-case.</summary>
public enum StyleRole
{
    Text, Muted, Rule, Title, TitleFocused, Header, HeaderAlert, Demo, Selected, SelectedUnfocused,
    Running, Waiting, Failed, Stopped, Complete, Idle, Unknown,
    Error, Warning, Info, Ok, Key, KeyLabel,

    /// <summary>Text that the filter matched.</summary>
    Match,

    /// <summary>The mark of a problem in the density strip and in the iterations.</summary>
    Problem,

    /// <summary>The bar of a role in the iterations, and of the density strip.</summary>
    Bar,

    /// <summary>The bar of a gate in the iterations.</summary>
    BarAlt,

    /// <summary>The line that is being typed.</summary>
    Prompt,

    /// <summary>A message that goes by itself.</summary>
    Toast,

    /// <summary>The heading of a group in the list of runs.</summary>
    Group,

    /// <summary>The row between runs and iterations in the timeline.</summary>
    Separator,

    /// <summary>The name of this role in the timeline. Every other role takes one of the four.</summary>
    RolePlanner,
    RoleImplementer,
    RoleTester,
    RoleReviewer,
}
