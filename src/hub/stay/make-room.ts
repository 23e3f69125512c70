import { peerjsSignalling } from '../../peer/peerjs/peerjs.js';
import type { Identity } from '../../room/identity.js';
import { Room } from '../../room/room.js';
import type { Entry } from '../session.js';
import type { EntryOptions } from '../settings.js';

/** What may change while the hub is in its room. It is read anew for each connection. */
export interface LiveOptions {
  /** Connections to one member beside the first, at most. */
  readonly maxLanes: () => number;
  readonly iceServers: () => RTCIceServer[];
  /** The browser can make no more connections, and somebody was not let in. */
  readonly exhausted: () => void;
}

/** Makes a room that is reached by PeerJS, and says how lanes to its members connect. */
export function makeRoom(
  code: string,
  { identity, name }: { readonly identity: Identity; readonly name: string },
  { server, relayOnly, sendOnly, maxPeers }: EntryOptions,
  { maxLanes, iceServers, exhausted }: LiveOptions,
): { readonly room: Room; readonly lanes: Entry['lanes'] } {
  const signalling = peerjsSignalling({
    server,
    relayOnly,
    get iceServers() {
      return iceServers();
    },
    onexhausted: exhausted,
  });
  // Lanes connect as the first connection does.
  const configuration: RTCConfiguration = {
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
    get iceServers() {
      return iceServers();
    },
  };
  return {
    room: new Room({ code, self: { identity, name, sendOnly }, signalling, maxPeers }),
    lanes: () => ({ configuration, limit: maxLanes() }),
  };
}
