using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Microsoft.ML.SimpleNn.Tests.Interop;

/// <summary>
/// What an assembly asks of the assemblies that it references: every type and member reference of its metadata, resolved
/// against what is loaded, and the ML.NET types among them that it could not use without lifted access checks.
/// </summary>
internal sealed class MLNetReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Assembly _assembly;
    private readonly HashSet<Type> _nonPublicTypes = [];
    private readonly List<string> _unresolved = [];

    /// <summary>Reads and resolves the references of <paramref name="assembly"/>.</summary>
    public MLNetReferences(Assembly assembly)
    {
        _assembly = assembly;
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        ResolveTypes(metadata);
        ResolveMembers(metadata);
        AddOverriddenMembers();
        AddAttributeArguments();
    }

    /// <summary>The references that could not be resolved, each with the reason.</summary>
    public IReadOnlyList<string> Unresolved => _unresolved;

    /// <summary>The ML.NET types in use that are not public, or of which a non-public member is in use.</summary>
    public IReadOnlySet<Type> NonPublicTypes => _nonPublicTypes;

    private void ResolveTypes(MetadataReader metadata)
    {
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            try
            {
                Add(_assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(handle)));
            }
            catch (Exception exception) when (IsResolutionFailure(exception))
            {
                TypeReference reference = metadata.GetTypeReference(handle);
                _unresolved.Add($"type {metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}: {exception.Message}");
            }
        }
    }

    private void ResolveMembers(MetadataReader metadata)
    {
        (Type[]? Types, Type[]? Methods)[] contexts = [.. GenericContexts()];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            Exception? failure = null;
            foreach ((Type[]? types, Type[]? methods) in contexts)
            {
                try
                {
                    Add(_assembly.ManifestModule.ResolveMember(MetadataTokens.GetToken(handle), types, methods)!);
                    failure = null;
                    break;
                }
                catch (Exception exception) when (IsResolutionFailure(exception))
                {
                    failure ??= exception;
                }
            }

            if (failure is not null)
                _unresolved.Add($"member {metadata.GetString(metadata.GetMemberReference(handle).Name)}: {failure.Message}");
        }
    }

    /// <summary>
    /// The type parameters in whose scope a reference may stand. A reference inside generic code is written in terms of
    /// them, and the metadata does not say of which code; resolving in the scope that wrote it keeps every constraint.
    /// </summary>
    private IEnumerable<(Type[]? Types, Type[]? Methods)> GenericContexts()
    {
        yield return (null, null);
        foreach (Type type in _assembly.GetTypes())
        {
            Type[] typeParameters = type.GetGenericArguments();
            if (typeParameters.Length > 0)
                yield return (typeParameters, null);
            foreach (MethodInfo method in type.GetMethods(Declared).Where(method => method.IsGenericMethodDefinition))
                yield return (typeParameters, method.GetGenericArguments());
        }
    }

    /// <summary>An override names no member reference, but it needs the overridden member to be within reach.</summary>
    private void AddOverriddenMembers()
    {
        foreach (MethodInfo method in _assembly.GetTypes().SelectMany(type => type.GetMethods(Declared)))
            Add(method.GetBaseDefinition());
    }

    /// <summary>Attributes keep their <c>typeof</c> arguments as text, not as type references.</summary>
    private void AddAttributeArguments()
    {
        IEnumerable<MemberInfo> members = _assembly.GetTypes().SelectMany(type => type.GetMembers(Declared).Append(type));
        IEnumerable<CustomAttributeData> attributes =
            members.SelectMany(member => member.CustomAttributes).Concat(_assembly.CustomAttributes);
        foreach (CustomAttributeData attribute in attributes)
        {
            IEnumerable<CustomAttributeTypedArgument> arguments =
                attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue));
            foreach (Type type in arguments.Select(argument => argument.Value).OfType<Type>())
                Add(type);
        }
    }

    private void Add(MemberInfo member)
    {
        Type? type = member as Type ?? member.DeclaringType;
        if (type is null || type.Assembly == _assembly || !IsMLNet(type.Assembly) || IsPublic(member))
            return;
        _nonPublicTypes.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    private static bool IsMLNet(Assembly assembly) =>
        assembly.GetName().Name!.StartsWith("Microsoft.ML.", StringComparison.Ordinal);

    /// <summary>True for what a class of another assembly may use or, for protected members, inherit.</summary>
    private static bool IsPublic(MemberInfo member) => member switch
    {
        Type type => type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => throw new ArgumentException($"A reference leads to types, methods and fields, not to {member}.", nameof(member)),
    };

    private static bool IsResolutionFailure(Exception exception) =>
        exception is TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException
            or BadImageFormatException or ArgumentException;
}
