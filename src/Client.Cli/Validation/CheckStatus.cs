namespace PgCdc.Client.Cli.Validation;

/// <summary>The words of the status column.</summary>
internal static class CheckStatus
{
    public const string Ok = "OK";
    public const string Fail = "FAIL";
    public const string Skip = "SKIP";
}
