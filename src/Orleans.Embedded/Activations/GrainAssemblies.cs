using System.Reflection;

namespace Orleans.Embedded.Activations;

/// <summary>The assemblies that can contain grain classes: this one and all that reference it.</summary>
internal static class GrainAssemblies
{
    private static readonly Assembly Host = typeof(GrainAssemblies).Assembly;

    public static IEnumerable<Assembly> All()
    {
        var known = AppDomain.CurrentDomain.GetAssemblies().Where(static a => !a.IsDynamic).ToDictionary(static a => a.FullName!);
        var open = new Queue<Assembly>(known.Values.Where(UsesHost));
        var found = new HashSet<Assembly> { Host };
        while (open.TryDequeue(out var assembly))
        {
            if (!found.Add(assembly))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies().Where(IsOurs))
                open.Enqueue(Load(reference, known));
        }

        return found.Where(static a => a == Host || UsesHost(a));
    }

    private static bool UsesHost(Assembly assembly) =>
        Array.Exists(assembly.GetReferencedAssemblies(), static name => name.Name == Host.GetName().Name);

    /// <summary>Loads what is referenced but not loaded yet; the framework has no grains and is left alone.</summary>
    private static bool IsOurs(AssemblyName name) =>
        !name.Name!.StartsWith("System", StringComparison.Ordinal)
        && !name.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && name.Name is not ("netstandard" or "mscorlib");

    private static Assembly Load(AssemblyName name, Dictionary<string, Assembly> known) =>
        known.TryGetValue(name.FullName, out var loaded) ? loaded : Assembly.Load(name);
}
