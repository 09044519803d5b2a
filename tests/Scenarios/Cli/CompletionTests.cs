using PgCdc.Scenarios.Processes;
using Xunit;

namespace PgCdc.Scenarios.Cli;

public sealed class CompletionTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    [Theory]
    [InlineData("pgcdc li", new[] { "list", "listen" })]
    [InlineData("pgcdc slot ", new[] { "drop", "list", "status" })]
    [InlineData("pgcdc listen --publ", new[] { "--publication" })]
    [InlineData("pgcdc listen --bus-mode ", new[] { "fast", "reliable" })]
    [InlineData("pgcdc listen --detector w", new[] { "wal" })]
    [InlineData("pgcdc describe f", new[] { "file" })]
    [InlineData("./bin/pgcdc completion z", new[] { "zsh" })]
    public async Task Bash_Tab_OffersWhatCanFollow(string line, string[] offered)
    {
        await MakeProgramAsync();
        var words = line.Split(' ');
        var script = $"""
            source <(./bin/pgcdc completion bash)
            COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_CWORD={words.Length - 1}
            COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))})
            _pgcdc
            printf '%s\n' "$(complete -p pgcdc)" >&2
            printf '%s\n' "{"${COMPREPLY[@]}"}"
            """;
        var (exitCode, output, errors) = await Shell.RunAsync(script, _folder.Path, ("PATH", $"{_folder.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}"));

        Assert.Equal((0, "complete -o default -F _pgcdc pgcdc"), (exitCode, errors));
        Assert.Subset(output.Split('\n').ToHashSet(), offered.ToHashSet());
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), word => Assert.StartsWith(words[^1], word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "compdef _pgcdc pgcdc")]
    [InlineData("fish", "complete --command pgcdc")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName pgcdc")]
    public async Task Script_OfAnotherShell_RegistersTheProgram(string shell, string registration)
    {
        var (exitCode, output, _) = await _folder.RunAsync($"completion {shell}");

        Assert.Equal(0, exitCode);
        Assert.Contains(registration, output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // A command named pgcdc that runs what this build made.
    private async Task MakeProgramAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "bin"));
        _folder.Write("bin/pgcdc", $"#!/bin/bash\nexec dotnet {RepositoryLayout.Program} \"$@\"\n");
        await Shell.RunAsync("chmod +x bin/pgcdc", _folder.Path);
    }
}
