// Loads an exported chat model with Hugging Face's JavaScript library, from disk alone, and prints as JSON what it makes
// of the cases: token ids of the texts, rendered prompts, greedy answers. Usage: node check.mjs <folder> [cases.json]
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoModelForCausalLM, AutoTokenizer, env } from '@huggingface/transformers';

const [folder, casesFile = fileURLToPath(new URL('cases.json', import.meta.url))] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node check.mjs <folder of an exported chat model> [cases.json]');
  process.exit(2);
}

const path = resolve(folder);
env.allowRemoteModels = false;
env.localModelPath = dirname(path);
const options = { local_files_only: true, device: 'cpu' };

const tokenizer = await AutoTokenizer.from_pretrained(basename(path), options);
const model = await AutoModelForCausalLM.from_pretrained(basename(path), options);
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));

const texts = cases.texts.map(text => {
  const ids = tokenizer.encode(text, { add_special_tokens: false });
  return { ids, decoded: ids.length > 0 ? tokenizer.decode(ids) : '' };
});
const answers = [];
for (const messages of cases.conversations) {
  const prompt = tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true });
  const inputs = tokenizer(prompt, { add_special_tokens: false });
  const output = await model.generate({ ...inputs, do_sample: false, max_new_tokens: cases.maxNewTokens });
  const ids = output.tolist()[0].map(Number);
  const promptIds = ids.slice(0, inputs.input_ids.dims[1]);
  const answerIds = ids.slice(promptIds.length);
  answers.push({ prompt, promptIds, answerIds, answer: tokenizer.decode(answerIds, { skip_special_tokens: true }) });
}

// One line a case.
const lines = list => list.map(item => '\n' + JSON.stringify(item)).join(',');
process.stdout.write(`{"texts": [${lines(texts)}],\n"answers": [${lines(answers)}]}\n`);
await model.dispose();
