using System.Text;

namespace ChatLoop.Core.Privacy;

/// <summary>Masks a text while it is written: what may yet turn out to be half of an address or a number is held back until its end has come.</summary>
/// <param name="mask">How a part that is whole is masked.</param>
public sealed class GrowingText(Func<string, string> mask)
{
    private readonly StringBuilder _masked = new();
    private int _settled;

    /// <param name="written">All that is written so far.</param>
    /// <returns>What of it no later word changes any more, masked.</returns>
    public string Settle(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        var end = OpenPersonalData.Start(written, _settled);
        if (end > _settled)
        {
            _masked.Append(mask(written[_settled..end]));
            _settled = end;
        }

        return _masked.ToString();
    }
}
