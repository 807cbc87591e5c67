using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What a property that is set when an object is made may be, and a value of it that shows in the trained weights.</summary>
/// <param name="Of">The type.</param>
/// <param name="Name">The property.</param>
internal sealed record SettingRow(Type Of, string Name)
{
    /// <summary>Values in range: its ends, and null where that is a value.</summary>
    public object?[] Accepted { get; init; } = [];

    /// <summary>Values out of range: the nearest beyond each end, NaN and infinity.</summary>
    public object?[] Refused { get; init; } = [];

    /// <summary>How they are refused: the range, after the property's name.</summary>
    public string Range { get; init; } = "";

    /// <summary>The sentence by which a value is refused; null where it is the property's name and the range.</summary>
    public Func<object?, string>? Refusal { get; init; }

    /// <summary>The row of an option of the training that is a number.</summary>
    /// <param name="constraint">What is said of it.</param>
    /// <param name="mayBeNull">Whether it may be null too.</param>
    public static SettingRow For<T>(OptionConstraint<T> constraint, bool mayBeNull = false)
        where T : struct, IComparable<T>, IFormattable => new(typeof(TrainingOptions), constraint.Name)
        {
            Accepted = [.. mayBeNull ? [null] : (object?[])[], .. IntervalEnds.In(constraint.Range)],
            Refused = IntervalEnds.Out(constraint.Range),
            Refusal = value => mayBeNull ? constraint.Refuse((T?)value)! : constraint.Refuse((T)value!)!,
        };

    /// <summary>What else is set when the effect is shown.</summary>
    public (string Name, object? Value)[] Given { get; init; } = [];

    /// <summary>A value with another effect than the default.</summary>
    public object? Changed { get; init; }

    /// <summary>Whether the weights must stay the same, bit by bit.</summary>
    public bool WeightsStay { get; init; }

    /// <summary>The properties of a type that can be set.</summary>
    public static IEnumerable<string> Settings(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name);

    /// <summary>Asserts that the values in range are taken, and the others refused with name, range and value.</summary>
    /// <param name="create">Makes an object with its defaults.</param>
    public void AssertRange(Func<object> create)
    {
        foreach (object? value in Accepted)
        {
            object accepted = Set(create(), Name, value);
            Assert.AreEqual(value, Of.GetProperty(Name)!.GetValue(accepted));
        }

        foreach (object? value in Refused)
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Set(create(), Name, value));
            Assert.StartsWith($"{Refusal?.Invoke(value) ?? $"{Name} {Range}."} (Parameter '{Name}')", error.Message);
            Assert.AreEqual(Convert.ToString(value, CultureInfo.InvariantCulture), error.ActualValue);
        }
    }

    /// <summary>Asserts that the weights depend on the property, and that they are the same each time.</summary>
    /// <param name="create">Makes an object with its defaults.</param>
    /// <param name="train">Gives the weights that are trained with it.</param>
    public void AssertEffect(Func<object> create, Func<object, float[]> train)
    {
        object CreateGiven() => Given.Aggregate(create(), (target, pair) => Set(target, pair.Name, pair.Value));
        float[] before = train(CreateGiven()), after = train(Set(CreateGiven(), Name, Changed));

        CollectionAssert.AreEqual(before, train(CreateGiven()), "the same again");
        if (WeightsStay) CollectionAssert.AreEqual(before, after);
        else CollectionAssert.AreNotEqual(before, after);
    }

    /// <summary>Sets a property as an object initializer does.</summary>
    private static object Set(object target, string name, object? value)
    {
        target.GetType().GetProperty(name)!.SetMethod!.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, [value], culture: null);
        return target;
    }
}
