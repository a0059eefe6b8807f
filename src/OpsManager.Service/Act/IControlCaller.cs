namespace OpsManager.Service.Act;

/// <summary>Who asks for a control: what is known of the request is told to it as it is read, whether or not it is refused.</summary>
internal interface IControlCaller
{
    /// <summary>The trace id; that of the body from there on, where it has one.</summary>
    string Trace { get; set; }

    string? Loop { set; }

    /// <summary>The caller has gone: its answer is awaited no longer, and the control goes on.</summary>
    CancellationToken Gone { get; }
}
