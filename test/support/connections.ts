// What happens to a page's connections, from inside of it.

/** A connection of a page whose connections are kept. */
export interface KeptConnection extends RTCPeerConnection {
  /** From now on nothing gets in through it, though it stays open. */
  deafen(): void;
}

declare global {
  /**
   * Every peer connection that the page has made, by whatever library; offered by {@link
   * keepConnections}.
   */
  var connections: Set<KeptConnection>;
}

/** To be run in a page before its own scripts: from then on it keeps its connections. */
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

    /** Ahead of everybody who listens. */
    #guard(channel: RTCDataChannel): void {
      channel.addEventListener('message', (event) => {
        if (this.#deaf) event.stopImmediatePropagation();
      });
    }
  };
  globalThis.connections = kept;
}

/** To be run in such a page: closes all of them, and tells nobody. */
export function cutConnections(): void {
  for (const connection of connections) connection.close();
}
