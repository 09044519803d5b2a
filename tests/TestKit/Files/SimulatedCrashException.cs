namespace PgCdc.TestKit.Files;

/// <summary>The machine of a <see cref="ForgetfulFileSystem"/> is down; nothing works on it before <see cref="ForgetfulFileSystem.Crash"/>.</summary>
public sealed class SimulatedCrashException() : Exception("The simulated machine is down.");
