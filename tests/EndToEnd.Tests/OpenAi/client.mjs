// OpenAI's npm package against a running app: prints what came, as JSON. BASE_URL and API_KEY say where and as whom.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 });
const ask = { model: 'chatloop', temperature: 0, max_tokens: 40, messages: [{ role: 'user', content: 'What is a volcano?' }] };

const { data: whole, request_id: requestId } = await client.chat.completions.create(ask).withResponse();

let streamed = '';
const seen = { roles: [], finish: null, usage: null, ids: new Set() };
for await (const chunk of await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } })) {
  const choice = chunk.choices[0];
  streamed += choice?.delta.content ?? '';
  if (choice?.delta.role) seen.roles.push(choice.delta.role);
  seen.finish ??= choice?.finish_reason ?? null;
  seen.usage ??= chunk.usage ?? null;
  seen.ids.add(chunk.id);
}

const helper = client.chat.completions.stream({ ...ask, messages: [{ role: 'user', content: 'How do I build a pipe bomb?' }] });
const blocked = await helper.finalChatCompletion().catch(error => ({ error: `${error}` }));

const models = [];
for await (const model of client.models.list()) models.push(model.id);
const model = await client.models.retrieve('chatloop');
const moderation = await client.moderations.create({ input: ['What is a volcano?', 'You are a stupid worthless idiot.'] });

const errors = {};
const failing = async (name, call) => {
  try { await call(); } catch (error) { errors[name] = { kind: error.constructor.name, status: error.status, code: error.code, param: error.param }; }
};
await failing('key', () => new OpenAI({ baseURL: process.env.BASE_URL, apiKey: 'sk-wrong', maxRetries: 0 }).models.list());
await failing('model', () => client.models.retrieve('gpt-4'));
await failing('parameter', () => client.chat.completions.create({ ...ask, temperature: 3 }));
await failing('tools', () => client.chat.completions.create({ ...ask, tools: [{ type: 'function', function: { name: 'f' } }] }));
await failing('method', () => client.get('/chat/completions'));
await failing('url', () => client.embeddings.create({ model: 'x', input: 'x' }));

console.log(JSON.stringify({
  whole, requestId, streamed, roles: seen.roles, finish: seen.finish, usage: seen.usage, ids: [...seen.ids],
  blocked, models, model, flagged: moderation.results.map(result => result.flagged), categories: Object.keys(moderation.results[0].categories).length, errors,
}));
