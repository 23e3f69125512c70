// What happens to a page's connections, from inside of it.

declare global {
  /** Every peer connection that the page has made, by whatever library; offered by {@link keepConnections}. */
  var connections: Set<RTCPeerConnection>;
}

/** To be run in a page before its own scripts: from then on it keeps its connections. */
export function keepConnections(): void {
  const kept = new Set<RTCPeerConnection>();
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.add(this);
    }
  };
  globalThis.connections = kept;
}

/** To be run in such a page: closes all of them, and tells nobody. */
export function cutConnections(): void {
  for (const connection of connections) connection.close();
}
