namespace ChatLoop.Training.Pretraining;

/// <summary>shards.json: what the token shards hold. The shards themselves are nothing but uint16 ids, little-endian.</summary>
/// <param name="TokenizerSha256">SHA-256 of the tokenizer.json that made the ids.</param>
internal sealed record ShardIndex(int FormatVersion, string TokenizerSha256, int VocabularySize, Shard Train, Shard Val);

/// <summary>One shard file: documents of all sets, set by set.</summary>
/// <param name="File">Its name beside shards.json.</param>
internal sealed record Shard(string File, long Tokens, string Sha256, IReadOnlyList<ShardSet> Sets);

/// <summary>Where one data set lies in a shard, in tokens.</summary>
/// <param name="Bytes">UTF-8 bytes of its text.</param>
internal sealed record ShardSet(string Name, long Start, long Tokens, long Bytes);
