using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>
/// Which types of an assembly name which, as the compiler left them: in base types, interfaces, constraints, attributes, fields, signatures, locals and instructions; and in which folder of
/// the sources each stands, as the portable PDB says. What is folded away in compilation, constants and <c>nameof</c>, is not seen.
/// </summary>
internal sealed class CompiledHouse : IDisposable
{
    /// <summary>The kind of custom debug information that has the documents of a type without methods (Portable PDB, TypeDefinitionDocuments).</summary>
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReaderProvider _pdbFile;
    private readonly MetadataReader _metadata;
    private readonly MetadataReader _pdb;
    private readonly string _root;

    /// <summary>Opens an assembly and its PDB.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="root">The folder of the sources: what of a path follows it is the folder in the house.</param>
    public CompiledHouse(Assembly assembly, string root)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _pdbFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        (_metadata, _pdb, _root) = (_file.GetMetadataReader(), _pdbFile.GetMetadataReader(), root);
        Files = _metadata.TypeDefinitions.ToDictionary(type => type, FileOf);
    }

    /// <summary>The source file of each type, below the root; null for what the compiler made of nobody's source.</summary>
    public IReadOnlyDictionary<TypeDefinitionHandle, string?> Files { get; }

    /// <summary>The name of a type, with its namespace and the types around it.</summary>
    public string FullName(TypeDefinitionHandle type) => FullName(_metadata, type);

    /// <inheritdoc cref="FullName(TypeDefinitionHandle)"/>
    public static string FullName(MetadataReader metadata, TypeDefinitionHandle type)
    {
        TypeDefinition definition = metadata.GetTypeDefinition(type);
        string name = metadata.GetString(definition.Name);
        if (definition.IsNested)
            return $"{FullName(metadata, definition.GetDeclaringType())}.{name}";
        return definition.Namespace.IsNil ? name : $"{metadata.GetString(definition.Namespace)}.{name}";
    }

    /// <summary>The types of the assembly that a type names, itself and those inside it aside: each of those names for itself.</summary>
    public IReadOnlySet<TypeDefinitionHandle> NamesOf(TypeDefinitionHandle type)
    {
        HashSet<TypeDefinitionHandle> found = [];
        CompiledNames names = new(_metadata, found);
        TypeDefinition definition = _metadata.GetTypeDefinition(type);
        names.Add(definition.BaseType);
        foreach (InterfaceImplementationHandle implementation in definition.GetInterfaceImplementations())
            names.Add(_metadata.GetInterfaceImplementation(implementation).Interface);
        AddConstraints(definition.GetGenericParameters(), names);
        AddAttributes(definition.GetCustomAttributes(), names);
        foreach (FieldDefinition field in definition.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(names, null);
            AddAttributes(field.GetCustomAttributes(), names);
        }
        foreach (PropertyDefinition property in definition.GetProperties().Select(_metadata.GetPropertyDefinition))
            AddAttributes(property.GetCustomAttributes(), names);
        foreach (MethodDefinitionHandle method in definition.GetMethods())
            AddMethod(_metadata.GetMethodDefinition(method), names);
        found.Remove(type);
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pdbFile.Dispose();
        _file.Dispose();
    }

    private string? FileOf(TypeDefinitionHandle type)
    {
        TypeDefinition definition = _metadata.GetTypeDefinition(type);
        DocumentHandle document = definition.GetMethods().Select(DocumentOf).Concat(DocumentsOf(type)).FirstOrDefault(document => !document.IsNil);
        if (document.IsNil)
            return definition.IsNested ? FileOf(definition.GetDeclaringType()) : null;
        string path = _pdb.GetString(_pdb.GetDocument(document).Name).Replace('\\', '/');
        int at = path.IndexOf($"/{_root}/", StringComparison.Ordinal);
        return at < 0 ? null : path[(at + _root.Length + 2)..];
    }

    private DocumentHandle DocumentOf(MethodDefinitionHandle method)
    {
        MethodDebugInformation information = _pdb.GetMethodDebugInformation(method);
        if (!information.Document.IsNil || information.SequencePointsBlob.IsNil)
            return information.Document;
        return information.GetSequencePoints().First().Document; // a body in several files says so point by point
    }

    private IEnumerable<DocumentHandle> DocumentsOf(TypeDefinitionHandle type)
    {
        foreach (CustomDebugInformation information in _pdb.GetCustomDebugInformation(type).Select(_pdb.GetCustomDebugInformation))
        {
            if (_pdb.GetGuid(information.Kind) == TypeDefinitionDocuments)
                yield return MetadataTokens.DocumentHandle(_pdb.GetBlobReader(information.Value).ReadCompressedInteger());
        }
    }

    private void AddMethod(MethodDefinition method, CompiledNames names)
    {
        method.DecodeSignature(names, null);
        AddConstraints(method.GetGenericParameters(), names);
        AddAttributes(method.GetCustomAttributes(), names);
        foreach (ParameterHandle parameter in method.GetParameters())
            AddAttributes(_metadata.GetParameter(parameter).GetCustomAttributes(), names);
        if (method.RelativeVirtualAddress == 0)
            return;
        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (ExceptionRegion region in body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch))
            names.Add(region.CatchType);
        foreach (EntityHandle token in InstructionTokens.Read(body.GetILBytes()!))
            AddToken(token, names);
    }

    private void AddToken(EntityHandle token, CompiledNames names)
    {
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                names.Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                names.Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                AddToken(generic.Method, names);
                generic.DecodeSignature(names, null);
                break;
            case HandleKind.MemberReference:
                MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)token);
                names.Add(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(names, null);
                else member.DecodeFieldSignature(names, null);
                break;
            default:
                names.Add(token);
                break;
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters, CompiledNames names)
    {
        foreach (GenericParameterConstraintHandle constraint in parameters.SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints()))
            names.Add(_metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes, CompiledNames names)
    {
        foreach (CustomAttribute attribute in attributes.Select(_metadata.GetCustomAttribute))
        {
            AddToken(attribute.Constructor, names);
            attribute.DecodeValue(names);
        }
    }
}
