using System.Text;
using ChatLoop.Inference.Tokenization;
using FsCheck.Xunit;

namespace ChatLoop.Inference.Tests.Tokenization;

public sealed class Utf8AssemblerTests
{
    [Fact]
    public void A_character_comes_with_its_last_byte()
    {
        var assembler = new Utf8Assembler();

        Assert.Equal(["", "", "", "\U0001F30B", "a"], new byte[] { 0xF0, 0x9F, 0x8C, 0x8B, 0x61 }.Select(b => assembler.Append([b])));
        Assert.Equal("", assembler.Finish());
    }

    [Fact]
    public void Bytes_that_are_no_text_become_replacement_characters()
    {
        var assembler = new Utf8Assembler();

        Assert.Equal("", assembler.Append([0xF0, 0x9F]));
        Assert.Equal("\uFFFDA", assembler.Append([(byte)'A']));
        Assert.Equal("\uFFFD", assembler.Append([0xFF]));
        Assert.Equal("", assembler.Append([0xE9]));
        Assert.Equal("\uFFFD", assembler.Finish());
    }

    [Property]
    public void However_bytes_are_cut_the_text_is_the_same(byte[] bytes, byte cut)
    {
        var assembler = new Utf8Assembler();
        var text = new StringBuilder();
        foreach (var piece in bytes.Chunk(1 + cut % 5)) text.Append(assembler.Append(piece));

        Assert.Equal(Encoding.UTF8.GetString(bytes), text.Append(assembler.Finish()).ToString());
    }
}
