/** The part of simple-peer that the bench uses; the package has no types. */
declare module 'simple-peer/simplepeer.min.js' {
  export default class SimplePeer {
    constructor(options: { initiator: boolean; trickle: boolean; config: RTCConfiguration });
    signal(description: string): void;
    /** Returns false if the caller should wait for `drain`. */
    write(bytes: Uint8Array): boolean;
    on(event: 'drain', listener: () => void): void;
    on(event: 'data', listener: (bytes: Uint8Array) => void): void;
    off(event: 'drain', listener: () => void): void;
    once(event: 'connect', listener: () => void): void;
    once(event: 'signal', listener: (description: unknown) => void): void;
  }
}
