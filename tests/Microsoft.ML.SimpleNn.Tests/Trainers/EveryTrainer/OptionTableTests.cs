using System.Globalization;
using System.Reflection;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Every option of every trainer: what it may be, how it is refused, and that it changes what is trained.</summary>
[TestClass]
public sealed class OptionTableTests
{
    public static IEnumerable<object[]> Options =>
        from task in TaskTrainer.All
        from option in Fields(task.Value.OptionsType)
        select new object[] { task.Key, option.Name };

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Every_option_has_a_row_and_one_that_shows_its_effect_if_there_is_a_choice(string task, string option)
    {
        OptionRow? row = OptionTable.Find(TaskTrainer.All[task].OptionsType, option);

        Assert.IsNotNull(row, $"{nameof(OptionTable)} has no row for {option}");
        Assert.IsTrue(row.Change is not null || row.Accepted.Length == 1, $"the row of {option} shows no effect");
    }

    [TestMethod]
    public void Every_row_is_of_an_option() =>
        CollectionAssert.AreEquivalent(Options.Select(pair => (string)pair[1]).Distinct().ToArray(), OptionTable.Names.ToArray());

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void The_ends_of_the_range_are_taken(string task, string option)
    {
        foreach (object? value in Row(task, option).Accepted)
            TaskTrainer.All[task].Create(new MLContext(), With(task, option, value));
    }

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void What_is_out_of_range_is_refused_with_name_value_and_remedy(string task, string option)
    {
        OptionRow row = Row(task, option);
        foreach (object? value in row.Refused)
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TaskTrainer.All[task].Create(new MLContext(), With(task, option, value)));
            Assert.AreEqual($"{option} is {Text(value)}: it {row.Remedy}. (Parameter '{option}')", error.Message);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void The_option_changes_what_is_trained(string task, string option)
    {
        OptionRow row = Row(task, option);
        if (row.Change is null)
            return;
        float[] before = Train(task, row.Given), after = Train(task, row.Given + row.Change);

        CollectionAssert.AreEqual(before, Train(task, row.Given), "the same again");
        if (row.ModelStays) CollectionAssert.AreEqual(before, after);
        else CollectionAssert.AreNotEqual(before, after);
    }

    private static FieldInfo[] Fields(Type options) => options.GetFields(BindingFlags.Public | BindingFlags.Instance);

    private static OptionRow Row(string task, string option) => OptionTable.Find(TaskTrainer.All[task].OptionsType, option)!;

    private static SimpleNnOptionsBase With(string task, string option, object? value) =>
        TaskTrainer.All[task].Options(options => Fields(options.GetType()).Single(field => field.Name == option).SetValue(options, value));

    private static float[] Train(string task, Action<SimpleNnOptionsBase> change) =>
        TaskTrainer.All[task].Fit(new MLContext(), TaskTrainer.All[task].Options(change), TaskRow.Rows(80)).Everything;

    internal static string Text(object? value) => value switch
    {
        null => "null",
        string text when text.Trim().Length == 0 => "empty",
        Array array => $"an array of {array.Length}",
        Activation activation => ((int)activation).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
