using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.Trainers.SimpleNn;

[assembly: LoadableClass(typeof(SimpleNnEncodingTransformer), null, typeof(SignatureLoadModel),
    "SimpleNn encoding", SimpleNnEncodingTransformer.LoaderSignature)]

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Adds the code of each row, the outputs of an autoencoder's bottleneck, as a column: few features that say what the many do, for the
/// trainer that follows. A row with a feature that is NaN or infinite has a code of NaN.
/// </summary>
public sealed class SimpleNnEncodingTransformer : RowToRowTransformerBase
{
    /// <summary>The name by which ML.NET finds the loader of a saved transformer.</summary>
    internal const string LoaderSignature = "SimpleNnEncoding";

    private const string ModelFolder = "Model";
    private const uint ChecksumVersion = 0x00010002;

    private static readonly VersionInfo Version = new(
        modelSignature: "SNNENCOD",
        // verWrittenCur: 0x00010001, first version
        verWrittenCur: ChecksumVersion, // a checksum of the columns' names
        verReadableCur: ChecksumVersion,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnEncodingTransformer).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private readonly string _outputColumnName;
    private readonly string _inputColumnName;

    internal SimpleNnEncodingTransformer(
        IHostEnvironment environment, string outputColumnName, string inputColumnName, SimpleNnAutoencoderModelParameters model)
        : base(environment.Register(LoaderSignature))
    {
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName;
        Model = model;
    }

    private SimpleNnEncodingTransformer(IHost host, ModelLoadContext context)
        : base(host)
    {
        _outputColumnName = context.LoadNonEmptyString();
        _inputColumnName = context.LoadNonEmptyString();
        if (context.Header.ModelVerWritten >= ChecksumVersion && context.Reader.ReadUInt32() != NamesChecksum)
            throw Host.ExceptDecode("The model cannot be read: the names of its columns have been changed since it was saved, their checksum is another.");
        context.LoadModel<SimpleNnAutoencoderModelParameters, SignatureLoadModel>(Host, out SimpleNnAutoencoderModelParameters model, ModelFolder);
        Model = model;
    }

    /// <summary>The whole autoencoder; its <see cref="SimpleNnAutoencoderModelParameters.Encoder"/> makes the codes.</summary>
    public SimpleNnAutoencoderModelParameters Model { get; }

    /// <summary>CRC-32C of both names in UTF-8, each with a zero after it. ML.NET keeps the names, in a table of its own.</summary>
    private uint NamesChecksum
    {
        get
        {
            var checksum = new Crc32C();
            checksum.Append(Encoding.UTF8.GetBytes($"{_outputColumnName}\0{_inputColumnName}\0"));
            return checksum.Value;
        }
    }

    /// <summary>Reads a saved transformer; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnEncodingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnEncodingTransformer(environment.Register(LoaderSignature), context);
    }

    /// <inheritdoc/>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveNonEmptyString(_outputColumnName);
        ctx.SaveNonEmptyString(_inputColumnName);
        ctx.Writer.Write(NamesChecksum);
        ctx.SaveModel(Model, ModelFolder);
    }

    /// <inheritdoc/>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, FindInput(schema));

    private DataViewSchema.Column FindInput(DataViewSchema schema)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(_inputColumnName)
            ?? throw Host.ExceptParam(nameof(schema), $"There is no column '{_inputColumnName}' to encode in the data, which has " +
                $"{string.Join(", ", schema.Select(other => $"'{other.Name}'"))}.");
        if (column.Type is not VectorDataViewType type || type.ItemType != NumberDataViewType.Single || type.Size != Model.Network.Inputs)
            throw Host.ExceptParam(nameof(schema), $"Column '{column.Name}' is {column.Type}, but the encoder takes a vector of {Model.Network.Inputs} " +
                $"values of Single: prepare the data as that which the autoencoder was trained on.");
        return column;
    }

    /// <summary>From a row of the data to its code.</summary>
    private sealed class Mapper(SimpleNnEncodingTransformer parent, DataViewSchema.Column features) : IRowMapper, ISaveAsOnnx
    {
        private readonly VectorDataViewType _codeType = new(NumberDataViewType.Single, parent.Model.Encoder.Outputs);

        public DataViewSchema.DetachedColumn[] GetOutputColumns() =>
            [new(parent._outputColumnName, _codeType, annotations: null)];

        public Func<int, bool> GetDependencies(Func<int, bool> activeOutput) => column => activeOutput(0) && column == features.Index;

        public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null!;
            return [activeOutput(0) ? CodeOf(input.GetGetter<VBuffer<float>>(input.Schema[features.Index])) : null!];
        }

        public ITransformer GetTransformer() => parent;

        public void Save(ModelSaveContext ctx) => parent.SaveModel(ctx);

        public bool CanSaveOnnx(OnnxContext ctx) => true;

        public void SaveAsOnnx(OnnxContext ctx)
        {
            if (!ctx.ContainsColumn(features.Name))
                return;
            string input = ctx.GetVariableName(features.Name), output = ctx.AddIntermediateVariable(_codeType, parent._outputColumnName);
            parent.Model.AddTo(new ConverterGraph(ctx, input, new() { [ModelNodes.Code] = output }));
        }

        /// <summary>Each cursor has a getter of its own, and so its own buffer.</summary>
        private ValueGetter<VBuffer<float>> CodeOf(ValueGetter<VBuffer<float>> getFeatures)
        {
            SimpleNnAutoencoderModelParameters model = parent.Model;
            VBuffer<float> row = default;
            return (ref VBuffer<float> code) =>
            {
                getFeatures(ref row);
                VBufferEditor<float> editor = VBufferEditor.Create(ref code, model.Encoder.Outputs);
                model.Encode(in row, editor.Values);
                code = editor.Commit();
            };
        }
    }
}
