using PgCdc.Events;

namespace PgCdc.TestKit.Pipeline;

/// <summary>A change in <see cref="SourceLog"/>.</summary>
/// <param name="Index">Place among all changes.</param>
/// <param name="Key">Place in the source's order.</param>
/// <param name="Table">Table it changes.</param>
/// <param name="Row">Its row as the source sends it.</param>
/// <param name="EndLsn">Position behind its transaction.</param>
public sealed record LoggedEvent(int Index, SortKey Key, RelationSchema Table, byte[] Row, ulong EndLsn);
