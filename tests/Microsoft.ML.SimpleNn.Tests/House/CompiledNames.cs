using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>Collects the types of the same assembly that a signature, or the arguments of an attribute, name.</summary>
/// <param name="metadata">The assembly.</param>
/// <param name="names">Where they are collected.</param>
internal sealed class CompiledNames(MetadataReader metadata, ISet<TypeDefinitionHandle> names) : ISignatureTypeProvider<EntityHandle, object?>, ICustomAttributeTypeProvider<EntityHandle>
{
    /// <summary>Adds a type, a type of generic arguments, or nothing where the type is of another assembly.</summary>
    public void Add(EntityHandle type)
    {
        if (type.IsNil)
            return;
        if (type.Kind == HandleKind.TypeDefinition)
            names.Add((TypeDefinitionHandle)type);
        else if (type.Kind == HandleKind.TypeSpecification)
            metadata.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(this, null);
    }

    public EntityHandle GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        names.Add(handle);
        return handle;
    }

    public EntityHandle GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>Attributes keep their <c>typeof</c> arguments as text: the full name, with the assembly where it is another one.</summary>
    public EntityHandle GetTypeFromSerializedName(string name)
    {
        string own = name.Split(',')[0].Replace('+', '.');
        foreach (TypeDefinitionHandle type in metadata.TypeDefinitions.Where(type => CompiledHouse.FullName(metadata, type) == own))
            names.Add(type);
        return default;
    }

    public EntityHandle GetGenericInstantiation(EntityHandle genericType, ImmutableArray<EntityHandle> typeArguments) => genericType;

    public EntityHandle GetModifiedType(EntityHandle modifier, EntityHandle unmodifiedType, bool isRequired) => unmodifiedType;

    public EntityHandle GetArrayType(EntityHandle elementType, ArrayShape shape) => elementType;

    public EntityHandle GetSZArrayType(EntityHandle elementType) => elementType;

    public EntityHandle GetByReferenceType(EntityHandle elementType) => elementType;

    public EntityHandle GetPointerType(EntityHandle elementType) => elementType;

    public EntityHandle GetPinnedType(EntityHandle elementType) => elementType;

    public EntityHandle GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => handle;

    public EntityHandle GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public EntityHandle GetFunctionPointerType(MethodSignature<EntityHandle> signature) => default;

    public EntityHandle GetGenericMethodParameter(object? genericContext, int index) => default;

    public EntityHandle GetGenericTypeParameter(object? genericContext, int index) => default;

    public EntityHandle GetSystemType() => default;

    public bool IsSystemType(EntityHandle type) =>
        type.Kind == HandleKind.TypeReference && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == nameof(Type);

    public PrimitiveTypeCode GetUnderlyingEnumType(EntityHandle type) => PrimitiveTypeCode.Int32;
}
