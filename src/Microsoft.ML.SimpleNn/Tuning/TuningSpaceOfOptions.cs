using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The options that a search may change: for each a name, the values that it may have, and how it is set. <see cref="TuningSpace.Around"/> gives the usual one.
/// </summary>
/// <remarks>
/// A space never changes: its methods give another. What decides what the loss is a loss of (the label, its weights, the loss itself) must stay as the options
/// given have it, or losses could not be compared; the search refuses such a space.
/// </remarks>
/// <typeparam name="TOptions">The options of the task.</typeparam>
public sealed class TuningSpace<TOptions>
    where TOptions : SimpleNnOptionsBase
{
    private readonly IReadOnlyList<TuningParameter<TOptions>> _parameters;

    /// <summary>Creates a space without options, to add some.</summary>
    public TuningSpace()
        : this([])
    {
    }

    private TuningSpace(IReadOnlyList<TuningParameter<TOptions>> parameters)
    {
        _parameters = parameters;
    }

    /// <summary>The names of the options that it changes, in the order in which they are drawn.</summary>
    public IReadOnlyList<string> Names => [.. _parameters.Select(parameter => parameter.Name)];

    /// <summary>The space with one more number, each value between two ends as likely; one of the same name is replaced.</summary>
    /// <param name="name">The name of the option, for tables and messages.</param>
    /// <param name="least">The lower end, a finite number, above 0 with <paramref name="logScale"/>.</param>
    /// <param name="most">The upper end, a finite number above <paramref name="least"/>.</param>
    /// <param name="set">Sets it. What is drawn is rounded to three digits, so that a table shows what was trained.</param>
    /// <param name="logScale">Whether 0.001 to 0.01 is as likely as 0.01 to 0.1, as befits rates and penalties.</param>
    /// <exception cref="ArgumentException">The name is empty, or the ends are out of range.</exception>
    public TuningSpace<TOptions> AddRange(string name, float least, float most, Action<TOptions, float> set, bool logScale = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(set);
        if (!(float.IsFinite(least) && float.IsFinite(most) && least < most))
            throw new ArgumentException(FormattableString.Invariant(
                $"The range of '{name}' is {least} to {most}: the ends must be finite, and the first below the second; for one value set it in the options."));
        if (logScale && least <= 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"The range of '{name}' begins at {least}: with a log scale it must be above 0; begin at a small number, or leave the scale out."));
        return With(TuningParameter<TOptions>.Range(name, (least, most), logScale, set));
    }

    /// <summary>The space with one more option, each of some values as likely; one of the same name is replaced.</summary>
    /// <param name="name">The name of the option, for tables and messages.</param>
    /// <param name="values">The values, one or more; one that stands there twice is twice as likely.</param>
    /// <param name="set">Sets it.</param>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <exception cref="ArgumentException">The name is empty, or there is no value.</exception>
    public TuningSpace<TOptions> AddChoice<T>(string name, IReadOnlyList<T> values, Action<TOptions, T> set)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(set);
        if (values.Count == 0)
            throw new ArgumentException($"There is no value for '{name}': give one or more, or leave the option out.");
        return With(TuningParameter<TOptions>.Choice(name, [.. values], set));
    }

    /// <summary>The space without an option, which then stays as the options given have it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no option of that name.</exception>
    public TuningSpace<TOptions> Without(string name) => Names.Contains(name)
        ? new([.. _parameters.Where(parameter => parameter.Name != name)])
        : throw new ArgumentException($"There is no '{name}' in the space, which has {(Names.Count == 0 ? "no options" : string.Join(", ", Names))}.");

    /// <summary>Draws a value for each option, and sets it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="random">What it is drawn by.</param>
    /// <returns>The values as text, by name.</returns>
    internal IReadOnlyList<KeyValuePair<string, string>> Draw(TOptions options, RandomSource random) =>
        [.. _parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Draw(options, random)))];

    private TuningSpace<TOptions> With(TuningParameter<TOptions> added) =>
        new([.. _parameters.Where(parameter => parameter.Name != added.Name), added]);
}
