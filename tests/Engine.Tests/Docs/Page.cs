using System.Text.RegularExpressions;

namespace PgCdc.Engine.Tests.Docs;

/// <summary>One document.</summary>
/// <param name="Path">From the root of the repository, with slashes.</param>
/// <param name="Text">Markdown.</param>
internal sealed partial record Page(string Path, string Text)
{
    /// <summary>Targets of its links, those in code excepted.</summary>
    public IEnumerable<string> Links => LinkForm().Matches(InlineCode().Replace(Prose, "")).Select(link => link.Groups[1].Value);

    /// <summary>Texts of its headings as anchors that links can name.</summary>
    public IEnumerable<string> Anchors => HeadingForm().Matches(Prose).Select(heading => Anchor(heading.Groups[1].Value));

    /// <summary>Lines of its code blocks.</summary>
    public IEnumerable<string> CodeLines => CodeBlock().Matches(Text).SelectMany(block => block.Groups[1].Value.Split('\n'));

    /// <summary>What stands between single backticks.</summary>
    public IEnumerable<string> CodeSpans => InlineCode().Matches(Prose).Select(code => code.Groups[1].Value);

    private string Prose => CodeBlock().Replace(Text, "");

    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^```[^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`([^`\n]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkForm();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex HeadingForm();

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInAnchor();
}
