namespace PgCdc.Events;

/// <summary>Texts of operations as they stand in event JSON.</summary>
public static class OperationText
{
    private static readonly string[] s_texts = ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "BEGIN", "COMMIT"];

    /// <summary>The upper-case text of an operation.</summary>
    /// <param name="operation">A defined operation.</param>
    public static string Of(Operation operation) => s_texts[(int)operation];
}
