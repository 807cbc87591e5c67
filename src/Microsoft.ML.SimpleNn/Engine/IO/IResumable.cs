namespace Microsoft.ML.SimpleNn;

/// <summary>A part of a training that a checkpoint keeps: it knows what it has to remember so that it can go on with the same bits.</summary>
internal interface IResumable
{
    /// <summary>Puts its state into a checkpoint, or takes it from there.</summary>
    void Transfer(StateTransfer state);
}
