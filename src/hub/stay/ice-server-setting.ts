import { SnapError } from '../../errors.js';
import { iceServersFrom } from './connection-config.js';
import type { IceServers } from './connection-config.js';

/**
 * The ICE servers that new connections use: the latest valid ones that the page has given. They may
 * change while the hub is in its room.
 */
export class IceServerSetting {
  #current: RTCIceServer[] = [];
  /** The latest setting that was refused, so that it is reported once. */
  #refused: string | null = null;

  get current(): RTCIceServer[] {
    return this.#current;
  }

  /** The hub enters a room with these. Throws `ice-servers-invalid`. */
  read(given: IceServers): void {
    this.#refused = serialized(given);
    this.#current = iceServersFrom(given);
    this.#refused = null;
  }

  /**
   * The page may have given others while the hub is in its room. An invalid setting is refused, and
   * those before it stay in use: `report` gets an `ice-servers-invalid`, once for each such
   * setting.
   */
  update(given: IceServers, report: (error: SnapError) => void): 'changed' | 'same' | 'refused' {
    const before = serialized(this.#current);
    try {
      this.#current = iceServersFrom(given);
    } catch (thrown) {
      const refused = serialized(given);
      if (refused !== this.#refused) report(SnapError.from(thrown, 'ice-servers-invalid'));
      this.#refused = refused;
      return 'refused';
    }
    return serialized(this.#current) === before ? 'same' : 'changed';
  }
}

/** Settings of the same text are the same, whether they are JSON or objects. */
function serialized(given: unknown): string {
  try {
    return JSON.stringify(given);
  } catch {
    return String(given);
  }
}
