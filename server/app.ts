import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { attachSignalling } from './signalling.js';

export interface AppOptions {
  /** The origins whose pages may use the PeerServer; all, if absent. */
  allowOrigins?: readonly string[] | undefined;
}

export interface App {
  /** Handles the requests of `server`. Handlers that are added later run after ours. */
  handler: Express;
  /** Closes the connections that the app holds open; see `SignallingServer.close`. */
  close(): Promise<void>;
}

/** `dist`, relative to `dist/server` when published, and to `server` in the repository. */
const dist = fileURLToPath(
  new URL(import.meta.url.includes('/dist/server/') ? '..' : '../dist', import.meta.url),
);

/**
 * The app that the published binary and `npm start` both run: the PeerServer at `/peerjs`,
 * `/healthz`, and `/snaptrail.min.js` for pages that load the script from their signalling server.
 */
export function createApp(server: Server, { allowOrigins }: AppOptions = {}): App {
  const handler = express();
  handler.disable('x-powered-by');

  handler.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });

  handler.get('/snaptrail.min.js', (_request, response, next) => {
    // Browsers fetch module scripts with CORS, and cross-origin-isolated pages need CORP, too.
    response.set('Access-Control-Allow-Origin', '*').set('Cross-Origin-Resource-Policy', 'cross-origin');
    response.sendFile('snaptrail.min.js', { root: dist }, (error?: Error) => {
      if (error && !response.headersSent) next();
    });
  });

  const signalling = attachSignalling(handler, server, { path: '/peerjs', allowOrigins });
  return { handler, close: () => signalling.close() };
}
