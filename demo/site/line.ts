/**
 * The demo's cable: everything by which this page reaches others, to be cut and mended. It stands
 * between the page and the browser, so what one sees is what a pulled plug does; the elements are
 * told nothing. Loaded before them.
 */
const connections = new Set<RTCPeerConnection>();
const sockets = new Set<WebSocket>();
let cut = false;
let overServer = 0;

const Connection = globalThis.RTCPeerConnection as typeof RTCPeerConnection | undefined;
const Socket = globalThis.WebSocket;

if (Connection)
  globalThis.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }
  };

globalThis.WebSocket = class extends Socket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    sockets.add(this);
    this.addEventListener('message', ({ data }) => (overServer += lengthOf(data)));
    this.addEventListener('close', () => sockets.delete(this));
    if (cut) this.close();
  }

  override send(data: Parameters<WebSocket['send']>[0]): void {
    overServer += lengthOf(data);
    super.send(data);
  }
};

/** A PeerServer speaks in text only, almost all of it ASCII. */
function lengthOf(message: unknown): number {
  return typeof message === 'string' ? message.length : 0;
}

/** How many bytes have passed the server that introduces the devices, either way. */
export function bytesOverServer(): number {
  return overServer;
}

export function isCut(): boolean {
  return cut;
}

/** Ends every connection, and lets none begin. */
export function cutLine(): void {
  cut = true;
  for (const socket of sockets) socket.close();
  for (const connection of connections) {
    connection.close();
    // Closing is no event for who closes; a plug that is pulled is one.
    connection.dispatchEvent(new Event('iceconnectionstatechange'));
    connection.dispatchEvent(new Event('connectionstatechange'));
  }
  connections.clear();
}

/** Lets connections begin again, and says so, as the browser does when a network is back. */
export function mendLine(): void {
  cut = false;
  dispatchEvent(new Event('online'));
}
