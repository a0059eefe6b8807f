using OpsManager.Contract;

namespace OpsManager.Sources.Sprite;

/// <summary>An answer is larger than what is read of one.</summary>
internal sealed class TooLargeException : Exception
{
    private TooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>A fault of which this is the cause.</summary>
    /// <param name="what">The answer, in words.</param>
    public static ContractException Create(string what)
    {
        var cause = new TooLargeException($"{what} is larger than {SpriteHttp.MaxBytes / (1024 * 1024)} MiB");
        return new ContractException(FailureCodes.ServiceResponseInvalid, cause.Message, cause);
    }
}
