using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

[TestClass]
public sealed class ExplanationsTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>The price is 1,000 a square meter and 5,000 a room; the third number says nothing.</summary>
    [TestMethod]
    public void The_lines_on_contributions_tell_what_prices_are_made_of()
    {
        (float[][] contributions, string[] byContribution, string[] byPermutation) = Explanations.Explain(_ml, Houses(400));

        Assert.HasCount(400, contributions);
        CollectionAssert.AreEqual(new[] { "Area", "Rooms", "Floor" }, byContribution);
        CollectionAssert.AreEqual(byContribution, byPermutation);
    }

    [TestMethod]
    public void The_lines_on_intervals_give_bounds()
    {
        IDataView scored = Explanations.Bound(_ml, Houses(400), Houses(100, seed: 2));

        float[] price = [.. scored.GetColumn<float>("Price")], lower = [.. scored.GetColumn<float>("ScoreLower")], upper = [.. scored.GetColumn<float>("ScoreUpper")];
        Assert.IsInRange(80, 99, Enumerable.Range(0, 100).Count(i => lower[i] <= price[i] && price[i] <= upper[i]));
    }

    /// <summary>By chance, or by what was left out, dear houses are those of the poor and the old ones.</summary>
    [TestMethod]
    public void The_lines_on_features_that_push_one_way_hold_against_the_rows()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 200).Select(_ => (Income: random.NextSingle(), Age: random.NextSingle()))
            .Select(house => new Priced { Income = house.Income, Age = house.Age, Rooms = random.Next(1, 7), Price = house.Age - house.Income }).ToArray();
        var walk = Enumerable.Range(0, 50).Select(i => new Priced { Income = i, Age = 0.5f, Rooms = 3 }).Concat(Enumerable.Range(0, 50).Select(i => new Priced { Income = 0.5f, Age = i, Rooms = 3 }));

        float[] scores = [.. Explanations.KeepDirections(_ml, _ml.Data.LoadFromEnumerable(rows), _ml.Data.LoadFromEnumerable(walk)).GetColumn<float>("Score")];

        CollectionAssert.AreEqual(scores[..50].Order().ToArray(), scores[..50]);
        CollectionAssert.AreEqual(scores[50..].OrderDescending().ToArray(), scores[50..]);
    }

    [TestMethod]
    public void The_lines_on_prediction_sets_give_the_names_of_classes()
    {
        IDataView rows = BlobTask.Keyed(_ml, Blob.Rows(300, distance: 1)), newRows = BlobTask.Keyed(_ml, Blob.Rows(100, distance: 1, seed: 2));
        (IDataView scored, string[] first) = Explanations.Choose(_ml, rows, newRows);

        uint[] label = [.. scored.GetColumn<uint>("Label")];
        bool[][] set = [.. scored.GetColumn<bool[]>("PredictionSet")];
        Assert.IsInRange(80, 99, Enumerable.Range(0, 100).Count(i => set[i][label[i] - 1]));
        CollectionAssert.AreEqual(Blob.Classes.Where((_, i) => set[0][i]).ToArray(), first);
    }

    private IDataView Houses(int rows, int seed = 1)
    {
        var random = new Random(seed);
        IDataView houses = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => (Area: random.Next(40, 200), Rooms: random.Next(1, 7), Floor: random.Next(5)))
            .Select(house => new House { Area = house.Area, Rooms = house.Rooms, Floor = house.Floor, Price = house.Area * 1000 + house.Rooms * 5000 + random.Next(-5000, 5000) }).ToArray());
        return _ml.Transforms.Concatenate("Features", "Area", "Rooms", "Floor").Fit(houses).Transform(houses);
    }

    private sealed class House
    {
        public float Area { get; set; }

        public float Rooms { get; set; }

        public float Floor { get; set; }

        public float Price { get; set; }
    }

    private sealed class Priced
    {
        public float Income { get; set; }

        public float Age { get; set; }

        public float Rooms { get; set; }

        public float Price { get; set; }
    }
}
