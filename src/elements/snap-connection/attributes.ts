import type { PropertyDeclarations } from 'lit';
import type { IceServers } from '../../hub/stay/connection-config.js';
import type { HubSettings } from '../../hub/settings.js';
import { ConfiguredElement } from '../shared/configured-element.js';
import { address, data, flag, number, text } from '../shared/property-kinds.js';

/** The attributes of `<snap-connection>`, and the properties that go with them. */
export abstract class ConnectionAttributes extends ConfiguredElement implements HubSettings {
  static override properties: PropertyDeclarations = {
    server: address('server'),
    // Never reflected: it is a secret.
    room: address('room', { reflect: false }),
    fragment: text('fragment', { defaultValue: 'snap' }),
    name: text('name', { defaultValue: '' }),
    sendOnly: flag('send-only'),
    // Never reflected: there are passwords in them.
    iceServers: data('ice-servers'),
    relayOnly: flag('relay-only'),
    guard: flag('guard'),
    accept: text('accept', { defaultValue: '*/*' }),
    maxSize: number('max-size', { defaultValue: null, min: 1 }),
    maxPeers: number('max-peers', { defaultValue: null, min: 1 }),
    maxLanes: number('max-lanes', { defaultValue: null }),
    manual: flag('manual'),
    debug: flag('debug'),
  };

  /** URL of a PeerServer with its path, relative to the page; null: PeerJS's public cloud. */
  declare server: string | null;
  /** The room's code, 26 characters of `a-z2-7`; null: from the page's address. */
  declare room: string | null;
  /**
   * The key in the page's fragment that holds the code; the empty string: the address is left
   * alone.
   */
  declare fragment: string;
  /** The name that others see this member by. */
  declare name: string;
  /** This member gives and never receives. */
  declare sendOnly: boolean;
  /**
   * The elements remind the person whom they send to, unless this page has made the room itself.
   * They do so without it on a `send-only` page that was opened by an invitation.
   */
  declare guard: boolean;
  /**
   * An `RTCIceServer`, an array of them, or JSON of that; null: public STUN. When it changes, new
   * connections use it, and existing ones stay.
   */
  declare iceServers: IceServers;
  /** Never reveals this host's addresses: connects through a relay or not at all. */
  declare relayOnly: boolean;
  /** The types of files that may come in, as in `<input accept>`. */
  declare accept: string;
  /** The largest file that may come in, in bytes; null: 256 MiB. */
  declare maxSize: number | null;
  /** How many members the room may have, this one among them, at most 20; null: 12. */
  declare maxPeers: number | null;
  /** Connections to one peer beside the first, at most 16; 0: none; null: 16. */
  declare maxLanes: number | null;
  /** Waits for `connect()`. */
  declare manual: boolean;
  /**
   * Logs to the console what the room and the transfers do, without codes, keys and file names. The
   * key `snaptrail-debug` in `localStorage` does the same for every hub.
   */
  declare debug: boolean;
}
