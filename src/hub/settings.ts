import { iceServersFrom, serverUrl, within } from './connection-config.js';
import type { IceServers } from './connection-config.js';

/** What the page says of a hub: its properties, as they are. */
export interface HubSettings {
  readonly server: string | null;
  readonly room: string | null;
  readonly fragment: string;
  readonly name: string;
  readonly sendOnly: boolean;
  readonly iceServers: IceServers;
  readonly relayOnly: boolean;
  readonly accept: string;
  readonly maxSize: number | null;
  readonly maxPeers: number | null;
  readonly maxLanes: number | null;
}

/** In bytes: `max-size` where the page says nothing. */
const MAX_SIZE = 256 * 1024 * 1024;
/**
 * A mesh grows with the square of its members: 12 are kind to a phone, and with 20 each holds 19
 * connections.
 */
const MAX_PEERS = { usual: 12, most: 20 };
/**
 * More than 16 have never been quicker (measured at 100 ms: 0.9 s with 16 for what takes 1.6 s with
 * 8).
 */
const MAX_LANES = 16;

/**
 * How a room is entered. What is another way has to leave the room first; what is spelled otherwise
 * is the same way.
 */
export interface EntryOptions {
  readonly server: URL | null;
  readonly relayOnly: boolean;
  readonly sendOnly: boolean;
  readonly maxPeers: number;
}

/** Throws `server-invalid`. */
export function entryOptionsOf({ server, relayOnly, sendOnly, maxPeers }: HubSettings): EntryOptions {
  return {
    server: serverUrl(server),
    relayOnly,
    sendOnly,
    maxPeers: within(maxPeers, MAX_PEERS.usual, 1, MAX_PEERS.most),
  };
}

/**
 * The same for settings that mean the same room, entered the same way. Says nothing of ICE servers:
 * they change while the hub is in its room.
 */
export function targetOf(settings: HubSettings): string {
  const { room, fragment } = settings;
  const place = room === null ? ['address', fragment] : ['room', room];
  try {
    const { server, ...entry } = entryOptionsOf(settings);
    return JSON.stringify([place, server?.href ?? null, entry]);
  } catch {
    return JSON.stringify([place, 'invalid', settings.server]);
  }
}

/** Throws `ice-servers-invalid`. */
export function iceServersOf({ iceServers }: HubSettings): RTCIceServer[] {
  return iceServersFrom(iceServers);
}

export function maxLanesOf({ maxLanes }: HubSettings): number {
  return within(maxLanes, MAX_LANES, 0, MAX_LANES);
}

export function admissionOf({ accept, maxSize }: HubSettings): { accept: string; maxSize: number } {
  // What a careless template writes for nothing must not mean that nothing comes in.
  const isNothing = /^\s*(undefined|null)\s*$/.test(accept);
  return { accept: isNothing ? '*/*' : accept, maxSize: maxSize ?? MAX_SIZE };
}
