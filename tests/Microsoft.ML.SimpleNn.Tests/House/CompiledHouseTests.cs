using System.Reflection.Metadata;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>A name is seen wherever in a type it stands, on types made for it.</summary>
[TestClass]
public sealed class CompiledHouseTests
{
    [TestMethod]
    [DataRow(typeof(InBase))]
    [DataRow(typeof(InInterface))]
    [DataRow(typeof(InField))]
    [DataRow(typeof(InArrayOfLists))]
    [DataRow(typeof(InParameter))]
    [DataRow(typeof(InLocal))]
    [DataRow(typeof(InCall))]
    [DataRow(typeof(InGenericCall))]
    [DataRow(typeof(InCast))]
    [DataRow(typeof(InTypeOf))]
    [DataRow(typeof(InConstraint<>))]
    [DataRow(typeof(InMethodConstraint))]
    [DataRow(typeof(InAttribute))]
    [DataRow(typeof(InCatch))]
    public void A_name_is_seen(Type type) => Assert.Contains(typeof(Upper).FullName!.Replace('+', '.'), NamesOf(type));

    [TestMethod]
    public void What_is_not_named_is_not_seen() => Assert.DoesNotContain(typeof(Upper).FullName!.Replace('+', '.'), NamesOf(typeof(Without)));

    [TestMethod]
    public void A_constant_is_seen_in_the_source_alone()
    {
        Assert.DoesNotContain(typeof(Upper).FullName!.Replace('+', '.'), NamesOf(typeof(InConstant)));

        CollectionAssert.AreEquivalent(new[] { "Upper", "Other" }, SourceNames.Read("int a = Upper.Size; // Comment.Only\n/// <see cref=\"Docs.Only\"/>\nstring b = nameof(Other.Name) + c.Field.Inner;").ToArray());
    }

    private static string[] NamesOf(Type type)
    {
        using CompiledHouse house = new(typeof(CompiledHouseTests).Assembly, "tests/Microsoft.ML.SimpleNn.Tests");
        TypeDefinitionHandle handle = house.Files.Keys.Single(one => house.FullName(one) == type.FullName!.Replace('+', '.'));
        Assert.AreEqual("House/CompiledHouseTests.cs", house.Files[handle]);
        return [.. house.NamesOf(handle).Select(house.FullName)];
    }

#pragma warning disable CA1812, CA1822, CA1823, CS0169, IDE0051, IDE0044, IDE0059 // the types are looked at, not used
    internal class Upper : Exception
    {
        public const int Size = 3;

        public static int Count { get; set; }
    }

    internal interface IUpper<T>;

    internal sealed class InBase : Upper;

    internal sealed class InInterface : IUpper<Upper>;

    internal sealed class InField
    {
        private Upper? _field;
    }

    internal sealed class InArrayOfLists
    {
        private List<Upper>[]? _field;
    }

    internal sealed class InParameter
    {
        public void Method(ref Upper parameter) => parameter = null!;
    }

    internal sealed class InLocal
    {
        public int Method(object value) => value is Upper upper ? upper.HResult : 0;
    }

    internal sealed class InCall
    {
        public int Method() => Upper.Count;
    }

    internal sealed class InGenericCall
    {
        public object Method() => Enumerable.Empty<Upper>();
    }

    internal sealed class InCast
    {
        public bool Method(object value) => value is Upper;
    }

    internal sealed class InTypeOf
    {
        public Type Method() => typeof(Upper);
    }

    internal sealed class InConstraint<T>
        where T : Upper;

    internal sealed class InMethodConstraint
    {
        public void Method<T>()
            where T : Upper
        {
        }
    }

    [System.ComponentModel.TypeConverter(typeof(Upper))]
    internal sealed class InAttribute;

    internal sealed class InCatch
    {
        public void Method(Action action)
        {
            try
            {
                action();
            }
            catch (Upper)
            {
            }
        }
    }

    internal sealed class InConstant
    {
        public int Method() => Upper.Size;
    }

    internal sealed class Without
    {
        public string Method() => "Upper";
    }
#pragma warning restore
}
