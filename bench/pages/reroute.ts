// Runs before the page's own scripts, and sends its peer connections over the delay line. See
// delay-line-pages.ts.
import type { StandInFor } from '../delay-line-pages.js';

declare global {
  /** Exposed by the bench: maps a port of the other side to a port of the line. */
  var snapBenchStandIn: StandInFor;
}

/**
 * `candidate:1 1 udp 2122 127.0.0.1 54321 typ host …` (RFC 8839, section 5.1): the text before the
 * port, the port, and the rest.
 */
const LOOPBACK_CANDIDATE = /^((?:a=)?candidate:\S+ \d+ udp \d+ 127\.0\.0\.1 )(\d+)( typ host.*)$/is;

/** Keeps the order of calls on a connection, although mapping a port is asynchronous. */
const turns = new WeakMap<RTCPeerConnection, Promise<unknown>>();

function inTurn<T>(connection: RTCPeerConnection, task: () => Promise<T>): Promise<T> {
  const before = turns.get(connection) ?? Promise.resolve();
  const done = before.then(task, task);
  turns.set(connection, done);
  return done;
}

/** The candidate with the port of the line; null for a candidate that would bypass the line. */
async function rerouted(candidate: string): Promise<string | null> {
  const [, before, port, after] = LOOPBACK_CANDIDATE.exec(candidate) ?? [];
  if (before === undefined || after === undefined) return null;
  return `${before}${await snapBenchStandIn(Number(port))}${after}`;
}

async function reroutedSdp(sdp: string): Promise<string> {
  const lines = await Promise.all(
    sdp
      .split('\r\n')
      .map((line) => (line.startsWith('a=candidate:') ? rerouted(line) : Promise.resolve(line))),
  );
  return lines.filter((line) => line !== null).join('\r\n');
}

/** Only the promise forms; the legacy callback forms are not used here. */
const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype as {
  addIceCandidate: (this: RTCPeerConnection, candidate?: RTCIceCandidateInit | null) => Promise<void>;
  setRemoteDescription: (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
};

Object.assign(RTCPeerConnection.prototype, {
  addIceCandidate(this: RTCPeerConnection, candidate?: RTCIceCandidateInit | null) {
    return inTurn(this, async () => {
      if (!candidate?.candidate) return addIceCandidate.call(this, candidate);
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      const route = await rerouted(candidate.candidate);
      if (route === null) return;
      return addIceCandidate.call(this, { candidate: route, sdpMid, sdpMLineIndex, usernameFragment });
    });
  },

  setRemoteDescription(this: RTCPeerConnection, { type, sdp }: RTCSessionDescriptionInit) {
    return inTurn(this, async () => {
      return setRemoteDescription.call(this, { type, sdp: await reroutedSdp(sdp ?? '') });
    });
  },
});
