namespace ChatLoop.Training.Data;

/// <summary>data.json: what a run was trained on, for its model card.</summary>
/// <param name="Folder">The data folder's name, or `synthetic`.</param>
/// <param name="VerifiedFiles">Files whose hashes MANIFEST.tsv confirmed.</param>
internal sealed record DataReport(string Folder, int VerifiedFiles, IReadOnlyList<SetReport> Sets);

/// <summary>What became of one set.</summary>
/// <param name="Notice">Source and licence as the set states them.</param>
/// <param name="Documents">Texts kept, train and validation.</param>
/// <param name="Bytes">Their UTF-8 bytes.</param>
/// <param name="Conversations">Conversations kept, train and validation.</param>
/// <param name="Duplicates">Paragraphs and conversations dropped because they came before.</param>
/// <param name="HeldOut">Paragraphs and conversations dropped because a test holds the same words.</param>
/// <param name="Unfit">Conversations dropped because they are too long or do not alternate.</param>
internal sealed record SetReport(string Name, string Notice, int Documents, long Bytes, int Conversations, int Duplicates, int HeldOut, int Unfit);
