namespace OpsManager.Control.Act;

/// <summary>Why something could not be kept that goes on all the same.</summary>
internal static class AuditFault
{
    /// <summary>Null where it was kept.</summary>
    public static string? Of(Action keep)
    {
        try
        {
            keep();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <summary>Null where it was kept.</summary>
    public static async Task<string?> OfAsync(Func<Task> keep)
    {
        try
        {
            await keep().ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
