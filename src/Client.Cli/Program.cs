using PgCdc.Client.Cli;

return await CliApplication.RunAsync(args);
