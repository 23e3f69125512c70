import { serverUrl, within } from './stay/connection-config.js';
import type { IceServers } from './stay/connection-config.js';

/** The properties of a `<snap-connection>`, as the page has set them. */
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
  readonly debug: boolean;
}

/** In bytes: the default of `max-size`. */
const MAX_SIZE = 256 * 1024 * 1024;
/**
 * The connections of a mesh grow with the square of its members: a phone copes with 12, and with 20
 * each member holds 19 connections.
 */
const MAX_PEERS = { usual: 12, most: 20 };
/**
 * More than 16 were never faster. At a round trip of 100 ms, 8 MB took 0.9 s with 16, 1.6 s with 8.
 */
const MAX_LANES = 16;

/**
 * What a room is entered with. To change any of these, the hub has to leave the room and enter it
 * again; two spellings of one URL are the same.
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
    maxPeers: maxPeersOf({ maxPeers }),
  };
}

/** How many members the room may have, this one among them. */
export function maxPeersOf({ maxPeers }: Pick<HubSettings, 'maxPeers'>): number {
  return within(maxPeers, MAX_PEERS.usual, 1, MAX_PEERS.most);
}

/**
 * A text that is the same for all settings that lead to the same room with the same
 * {@link EntryOptions}. ICE servers are not part of it: they change while the hub is in its room.
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

export function maxLanesOf({ maxLanes }: HubSettings): number {
  return within(maxLanes, MAX_LANES, 0, MAX_LANES);
}

export function offerLimitsOf({ accept, maxSize }: HubSettings): { accept: string; maxSize: number } {
  // A template that prints `undefined` must not refuse every file.
  const isNothing = /^\s*(undefined|null)\s*$/.test(accept);
  return { accept: isNothing ? '*/*' : accept, maxSize: maxSize ?? MAX_SIZE };
}
