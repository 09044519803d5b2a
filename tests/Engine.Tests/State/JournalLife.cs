using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.State.Journaling;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Engine.Tests.State;

/// <summary>
/// Random use of a journal beside a model of what it must hold: after a crash every answered write, and the one that was not answered either
/// whole or not at all.
/// </summary>
internal sealed class JournalLife(ForgetfulFileSystem files, Random random)
{
    public const string Path = "/journal";

    private static readonly JournalOptions Options = new() { GarbageLimit = 2000 };
    private readonly Dictionary<string, string> _answered = new(StringComparer.Ordinal);
    private (string Key, string? Value)? _unanswered;
    private long _highestVersion;

    public void Run(int writes)
    {
        using var journal = Open();
        Check(journal);
        for (var write = 0; write < writes; write++)
            Write(journal);
    }

    private static string Text(JournalEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Value.Span);

    private Journal Open() => Journal.Open(files, Path, Options, NullLogger.Instance);

    private void Write(Journal journal)
    {
        var key = "key" + random.Next(4);
        var value = random.Next(5) == 0 ? null : new string((char)('a' + random.Next(26)), random.Next(700));
        var stored = journal.TryRead(key, out var entry) ? entry.Version : 0;
        _unanswered = (key, value);
        if (value is null)
            Answer(journal.DeleteAsync(key, stored));
        else
            TakeVersion(Answer(journal.WriteAsync(key, stored, System.Text.Encoding.UTF8.GetBytes(value))));

        Apply(key, value);
        _unanswered = null;
    }

    /// <summary>Nobody else writes, so this writer leads its own group and the call is over when it returns.</summary>
    private static long Answer(ValueTask<long> write)
    {
        Assert.True(write.IsCompleted);
        return write.GetAwaiter().GetResult();
    }

    private static void Answer(ValueTask write)
    {
        Assert.True(write.IsCompleted);
        write.GetAwaiter().GetResult();
    }

    private void TakeVersion(long version)
    {
        Assert.True(version > _highestVersion, $"version {version} follows {_highestVersion}");
        _highestVersion = version;
    }

    private void Apply(string key, string? value)
    {
        if (value is null)
            _answered.Remove(key);
        else
            _answered[key] = value;
    }

    private void Check(Journal journal)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in journal.Keys)
        {
            Assert.True(journal.TryRead(key, out var entry));
            found.Add(key, Text(entry));
        }

        if (_unanswered is { } write && !Same(found, _answered))
            Apply(write.Key, write.Value);
        Assert.Equal(_answered.OrderBy(pair => pair.Key), found.OrderBy(pair => pair.Key));
        _unanswered = null;
    }

    private static bool Same(Dictionary<string, string> left, Dictionary<string, string> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
