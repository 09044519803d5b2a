using System.CommandLine;
using System.CommandLine.Parsing;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Flags;

/// <summary>Says in one line what is wrong with the arguments, with the nearest thing that exists.</summary>
internal static class UsageErrors
{
    public static string? Text(ParseResult parsed)
    {
        if (MistakenArgument(parsed) is { } flag) return Unknown(flag, parsed.CommandResult.Command);
        if (parsed.Errors.Count == 0) return null;
        if (parsed.UnmatchedTokens.Count == 0) return parsed.Errors[0].Message;

        // What follows an unknown flag may be its value and is not worth a word.
        var unknown = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) ?? parsed.UnmatchedTokens[0];
        return Unknown(unknown, parsed.CommandResult.Command);
    }

    // The parser takes an unknown flag for an argument where one is expected; none of ours starts with a dash.
    private static string? MistakenArgument(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault(token => token.Value.StartsWith('-'))?.Value;

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            var flag = token.Split('=', 2)[0];
            return $"unknown flag {flag}{Suggestion.Text(flag, Flags(command))}";
        }

        return command.Subcommands.Count > 0
            ? $"unknown command '{token}'{Suggestion.Text(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"unexpected argument '{token}'";
    }

    private static IEnumerable<string> Flags(Command command)
    {
        var own = command.Options.Where(option => !option.Hidden);
        var inherited = Ancestors(command).SelectMany(ancestor => ancestor.Options).Where(option => option.Recursive);
        return own.Concat(inherited).Select(option => option.Name);
    }

    private static IEnumerable<Command> Ancestors(Command command)
    {
        for (var parent = Parent(command); parent is not null; parent = Parent(parent)) yield return parent;
    }

    private static Command? Parent(Command command) => command.Parents.OfType<Command>().FirstOrDefault();
}
