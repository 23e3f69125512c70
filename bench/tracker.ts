import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** The announcement of a WebTorrent client. */
interface Announce {
  info_hash: string;
  peer_id: string;
  offers?: { offer_id: string; offer: unknown }[];
  answer?: unknown;
  offer_id?: string;
  to_peer_id?: string;
}

export interface Tracker {
  readonly url: string;
  close(): Promise<void>;
}

/** In seconds: the interval between announcements of a client. */
const INTERVAL = 120;

/**
 * A minimal WebTorrent tracker that introduces two pages: forwards offers to the others of a swarm,
 * and answers to their recipients.
 */
export async function startTracker(): Promise<Tracker> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const swarms = new Map<string, Map<string, WebSocket>>();

  server.on('connection', (socket) => {
    socket.on('message', (text: Buffer) => {
      const {
        info_hash,
        peer_id,
        offers = [],
        answer,
        offer_id,
        to_peer_id,
      } = JSON.parse(text.toString()) as Announce;
      const swarm = swarms.get(info_hash) ?? new Map<string, WebSocket>();
      swarms.set(info_hash, swarm);
      swarm.set(peer_id, socket);
      socket.once('close', () => swarm.delete(peer_id));
      const tell = (who: WebSocket | undefined, what: object): void =>
        who?.send(JSON.stringify({ action: 'announce', info_hash, ...what }));

      if (answer) {
        tell(swarm.get(to_peer_id ?? ''), { answer, offer_id, peer_id });
        return;
      }
      tell(socket, { interval: INTERVAL, complete: 0, incomplete: swarm.size });
      const others = [...swarm].filter(([id]) => id !== peer_id);
      others.slice(0, offers.length).forEach(([, other], i) => tell(other, { ...offers[i], peer_id }));
    });
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const client of server.clients) client.terminate();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
