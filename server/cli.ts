#!/usr/bin/env node
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { createApp } from './app.js';
import { listen, parsePort, stopListening, stopOnSignal } from './lifecycle.js';

const usage = `snaptrail-server: a PeerServer at /peerjs, the script at /snaptrail.min.js

  --port <number>          or PORT; default 9000
  --host <address>         or HOST; default: every address of this machine
  --allow-origin <origin>  pages of which origin may connect (https://example.org); may be repeated;
                           or ALLOW_ORIGINS, separated by commas; default: all
  --help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.PORT ?? '9000' },
      host: { type: 'string', default: process.env.HOST },
      'allow-origin': { type: 'string', multiple: true, default: originsFromEnvironment() },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }

  const allowOrigins = values['allow-origin'];
  const server = createServer();
  const app = createApp(server, { allowOrigins: allowOrigins.length > 0 ? allowOrigins : undefined });
  server.on('request', app.handler);
  const url = await listen(server, { port: parsePort(values.port), host: values.host });
  console.log(`PeerServer: ${url}peerjs`);
  stopOnSignal(async () => {
    await Promise.all([app.close(), stopListening(server)]);
  });
}

function originsFromEnvironment(): string[] {
  return (process.env.ALLOW_ORIGINS ?? '').split(',').filter(Boolean);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
