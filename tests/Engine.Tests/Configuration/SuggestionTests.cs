using PgCdc.Engine.Configuration;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

public sealed class SuggestionTests
{
    private static readonly string[] Words = ["publication", "persistent_slot", "file.path", "adapters"];

    [Theory]
    [InlineData("publicaton", "publication")]
    [InlineData("pubilcation", "publication")]
    [InlineData("PUBLICATION", "publication")]
    [InlineData("persistant_slot", "persistent_slot")]
    [InlineData("files.path", "file.path")]
    [InlineData("adapter", "adapters")]
    [InlineData("kafka", null)]
    [InlineData("", null)]
    public void Nearest_Word_IsTheOneMeant(string word, string? meant) => Assert.Equal(meant, Suggestion.Nearest(word, Words));
}
