using System.Globalization;
using System.Security.Cryptography;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is said of a checkpoint that has the right hash, but not what can be in one.</summary>
[TestClass]
public sealed class StateTransferTests
{
    /// <summary>Swedish has a minus sign of its own.</summary>
    [TestMethod]
    public void A_number_out_of_range_is_told_in_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            using var reader = new StateReader(new MemoryStream([.. BitConverter.GetBytes(-5), .. new byte[SHA256.HashSizeInBytes]]));
            int number = 0;

            Assert.AreEqual(
                "The checkpoint cannot be read, since the epoch is -5, the range is 1 to 9: delete the file to begin anew.",
                Assert.ThrowsExactly<InvalidDataException>(() => reader.Number(ref number, 1, 9, "the epoch")).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
