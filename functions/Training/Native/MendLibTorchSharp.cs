using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Rewrites one import of an ELF64 library: `std::ios_base_library_init()` of GLIBCXX_3.4.32 becomes
/// `std::ios_base::Init::Init()` of GLIBCXX_3.4. See LibTorchSharp.targets for why. Compiled by MSBuild, not into the trainer.
/// </summary>
public sealed class MendLibTorchSharp : Task
{
    private const string OldSymbol = "_ZSt21ios_base_library_initv";
    private const string NewSymbol = "_ZNSt8ios_base4InitC1Ev"; // its `this` is never read, so it may be called without one
    private const string OldVersion = "GLIBCXX_3.4.32";
    private const string NewVersion = "GLIBCXX_3.4";

    private byte[] _elf;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        _elf = File.ReadAllBytes(Source);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        Mend();
        File.WriteAllBytes(Destination, _elf);
        return true;
    }

    private void Mend()
    {
        var sections = BitConverter.ToInt64(_elf, 40);
        int count = BitConverter.ToUInt16(_elf, 60);
        long symbols = 0, symbolBytes = 0, names = 0, versions = 0, needs = 0;
        for (var i = 0; i < count; i++)
        {
            var at = sections + 64L * i;
            var offset = Long(at + 24);
            switch ((uint)Int(at + 4))
            {
                case 11: // SHT_DYNSYM, whose link is its string table
                    symbols = offset;
                    symbolBytes = Long(at + 32);
                    names = Long(sections + 64L * Int(at + 40) + 24);
                    break;
                case 0x6fffffff: // SHT_GNU_versym
                    versions = offset;
                    break;
                case 0x6ffffffe: // SHT_GNU_verneed
                    needs = offset;
                    break;
            }
        }

        long oldNeed = 0, newNeed = 0;
        for (var need = needs; ; need += Int(need + 12))
        {
            var entry = need + Int(need + 8);
            for (var i = 0; i < Short(need + 2); i++, entry += Int(entry + 12))
            {
                var version = Text(names + Int(entry + 8));
                if (version == OldVersion) oldNeed = entry;
                if (version == NewVersion) newNeed = entry;
            }

            if (Int(need + 12) == 0) break;
        }

        if (oldNeed == 0) return; // linked for older systems: nothing to mend
        if (newNeed == 0) throw new InvalidDataException(Source + ": imports no " + NewVersion);
        for (long i = 0; i < symbolBytes / 24; i++)
        {
            if (Short(versions + 2 * i) != Short(oldNeed + 6)) continue;
            var name = names + Int(symbols + 24 * i);
            if (Text(name) != OldSymbol) throw new InvalidDataException(Source + ": also needs " + Text(name) + " of " + OldVersion);
            Encoding.ASCII.GetBytes(NewSymbol + "\0").CopyTo(_elf, name);
            Array.Copy(_elf, newNeed + 6, _elf, versions + 2 * i, 2);
        }

        Array.Copy(_elf, newNeed, _elf, oldNeed, 4); // hash
        Array.Copy(_elf, newNeed + 8, _elf, oldNeed + 8, 4); // name
    }

    private long Long(long at) => BitConverter.ToInt64(_elf, (int)at);

    private int Int(long at) => BitConverter.ToInt32(_elf, (int)at);

    private ushort Short(long at) => BitConverter.ToUInt16(_elf, (int)at);

    private string Text(long at)
    {
        var end = Array.IndexOf(_elf, (byte)0, (int)at);
        return Encoding.ASCII.GetString(_elf, (int)at, end - (int)at);
    }
}
