// Runs before a page's own scripts: sends its peer connections over the delay line. See
// delay-line-pages.ts.
import type { StandInFor } from '../delay-line-pages.js';

declare global {
  /** Offered by the bench: the port that stands for the other side's port. */
  var snapBenchStandIn: StandInFor;
}

/**
 * `candidate:1 1 udp 2122 127.0.0.1 54321 typ host …` (RFC 8839, section 5.1): what is before the
 * port, the port, and what follows.
 */
const LOOPBACK_CANDIDATE = /^((?:a=)?candidate:\S+ \d+ udp \d+ 127\.0\.0\.1 )(\d+)( typ host.*)$/is;

/**
 * What is called on one connection is done in the order of the calls, though asking for a port
 * takes a moment.
 */
const turns = new WeakMap<RTCPeerConnection, Promise<unknown>>();

function inTurn<T>(connection: RTCPeerConnection, task: () => Promise<T>): Promise<T> {
  const before = turns.get(connection) ?? Promise.resolve();
  const done = before.then(task, task);
  turns.set(connection, done);
  return done;
}

/** The candidate with the port of the line; null for one that would lead past the line. */
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

/** Their promises only: nobody here passes callbacks, as one did in 2015. */
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
