'use strict';
// Runs Azurite on a leash: when the host's end of stdin closes, however the host died (kill -9 too), Azurite writes its
// data and stops. Ctrl+C reaches the whole console group; the host stops Azurite itself, after its functions.
const once = process.once;
process.once = (event, listener) => event === 'SIGINT' ? process : once.call(process, event, listener);
process.on('SIGINT', () => {});

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  process.emit('SIGTERM', 'SIGTERM');
  setTimeout(() => process.exit(0), 5000).unref();
};
process.stdin.on('end', stop).on('close', stop).resume();

require('azurite/dist/src/azurite.js');
