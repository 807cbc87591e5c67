namespace Tabular;

/// <summary>People whose chance to earn more grows with education, hours and age up to 50, and depends on the occupation; some of it is not known.</summary>
internal static class MadePeople
{
    private static readonly string[] Occupations = ["Craft", "Sales", "Tech", "Manager", "Farming"];
    private static readonly double[] Gains = [0, 0.3, 1, 1.5, -1];

    public static Person[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
    }

    private static Person Make(Random random)
    {
        int occupation = random.Next(Occupations.Length);
        float age = random.Next(18, 75), years = random.Next(6, 17), hours = random.Next(20, 65);
        double logit = -6.5 + 0.35 * years + 0.05 * hours - 0.004 * (age - 50) * (age - 50) + Gains[occupation];
        return new Person
        {
            Age = age,
            EducationYears = random.Next(20) == 0 ? float.NaN : years,
            Hours = hours,
            Occupation = random.Next(20) == 0 ? "?" : Occupations[occupation],
            WorkClass = random.Next(3) == 0 ? "Public" : "Private",
            Income = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? ">50K" : "<=50K",
        };
    }
}
