// Functions that run in a page, and interfere with its connections.

/** A connection of a page in which {@link keepConnections} has run. */
export interface KeptConnection extends RTCPeerConnection {
  /** Discards every message that arrives from now on, while the connection stays open. */
  deafen(): void;
}

declare global {
  /** Every RTCPeerConnection that the page has made. Set by {@link keepConnections}. */
  var connections: Set<KeptConnection>;
}

/** Runs in a page before its own scripts: collects its connections from then on. */
export function keepConnections(): void {
  const kept = new Set<KeptConnection>();
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native implements KeptConnection {
    #deaf = false;

    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.add(this);
      this.addEventListener('datachannel', ({ channel }) => this.#guard(channel));
    }

    override createDataChannel(...parameters: Parameters<RTCPeerConnection['createDataChannel']>) {
      const channel = super.createDataChannel(...parameters);
      this.#guard(channel);
      return channel;
    }

    deafen(): void {
      this.#deaf = true;
    }

    /** Adds a listener ahead of all others. */
    #guard(channel: RTCDataChannel): void {
      channel.addEventListener('message', (event) => {
        if (this.#deaf) event.stopImmediatePropagation();
      });
    }
  };
  globalThis.connections = kept;
}

/** Runs in such a page: closes all its connections, without an event in the page. */
export function cutConnections(): void {
  for (const connection of connections) connection.close();
}
