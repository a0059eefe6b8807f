namespace OpsManager.Core.Facts.Observations;

/// <summary>The other way that a projection is compared with.</summary>
public enum ParityOrigin
{
    /// <summary>The artifacts, read again from their first byte.</summary>
    Scratch,

    /// <summary>The sprite's service.</summary>
    Service,
}
