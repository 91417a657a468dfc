'use strict';
// Runs Azurite on a leash: when the host's end of stdin closes, however the host died (kill -9 too), Azurite writes its
// data and stops. Ctrl+C reaches the whole console group; the host stops Azurite itself, after its functions.
const once = process.once;
process.once = (event, listener) => event === 'SIGINT' ? process : once.call(process, event, listener);
process.on('SIGINT', () => {});
// A closed terminal would end Node.js before it has saved; the host's end of stdin closes then too.
process.on('SIGHUP', () => {});
// Where the host has died nobody reads what Azurite prints as it closes: that must not end it before it has saved.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  process.emit('SIGTERM', 'SIGTERM');
  setTimeout(() => process.exit(0), 5000).unref();
};
process.stdin.on('end', stop).on('close', stop).resume();

// The last thing it does: the next host waits for it before it opens the same data (AzuriteOwner.cs).
process.on('exit', () => require('fs').rmSync(process.env.EMBEDDED_HOST_OWNER_FILE, { force: true }));

require('azurite/dist/src/azurite.js');
