import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { attachSignalling } from './signalling.js';

export interface AppOptions {
  /** The origins whose pages may use the PeerServer. Absent: all. */
  allowOrigins?: readonly string[] | undefined;
}

export interface App {
  /** Answers `server`'s requests. Whatever is added to it later comes after what is ours. */
  handler: Express;
  /** Ends what the app holds open; see `Signalling.close`. */
  close(): Promise<void>;
}

/**
 * `dist`, seen from `dist/server` where this module is published, and from `server` where it is
 * written.
 */
const dist = fileURLToPath(
  new URL(import.meta.url.includes('/dist/server/') ? '..' : '../dist', import.meta.url),
);

/**
 * What the published binary and `npm start` both run: the PeerServer at `/peerjs`, `/healthz`, and
 * `/snaptrail.min.js` for pages that take the script from the server they talk to.
 */
export function createApp(server: Server, { allowOrigins }: AppOptions = {}): App {
  const handler = express();
  handler.disable('x-powered-by');

  handler.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });

  handler.get('/snaptrail.min.js', (_request, response, next) => {
    // Module scripts are fetched with CORS, also by pages that isolate themselves from other
    // origins.
    response.set('Access-Control-Allow-Origin', '*').set('Cross-Origin-Resource-Policy', 'cross-origin');
    response.sendFile('snaptrail.min.js', { root: dist }, (error?: Error) => {
      if (error && !response.headersSent) next();
    });
  });

  const signalling = attachSignalling(handler, server, { path: '/peerjs', allowOrigins });
  return { handler, close: () => signalling.close() };
}
