namespace System.Runtime.CompilerServices;

/// <summary>
/// Lets this assembly use the internal types of the named assembly at run time. CoreCLR recognises the attribute by
/// its name; it is not part of the base class library. MLNetInternals.txt lists which types we use.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The simple name of the assembly whose access checks are lifted.</summary>
    public string AssemblyName { get; } = assemblyName;
}
