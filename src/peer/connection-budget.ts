/**
 * How many RTCPeerConnections this page has that were not collected yet. Chromium refuses the 500th, and closing one does not give it
 * back: a page that did nothing else reached the limit with one in 300 ms, all closed at once, after 200 s. So we count what was built
 * and what was collected, and stop long before.
 */

/** Above this no lane is opened, whoever asks: it makes a transfer quicker, and a member that misbehaves could ask for thousands. */
const FOR_LANES = 200;
/** Above this none is built for somebody who has proven nothing. */
const FOR_STRANGERS = 250;
/** Above this none is dialled. What is left is for what the page itself does with WebRTC. */
const FOR_DIALS = 400;

let uncollected = 0;
/** A browser without it is older than any that we promise to work in, and shall still be able to load this: it counts nothing. */
const collected =
  'FinalizationRegistry' in globalThis ? new FinalizationRegistry(() => (uncollected -= 1)) : null;

/** A connection has been built. */
export function count(connection: RTCPeerConnection): void {
  if (!collected) return;
  uncollected += 1;
  collected.register(connection, undefined);
}

/** Whether there is one to spare beside a first connection. */
export function hasForLane(): boolean {
  return uncollected < FOR_LANES;
}

/** Whether there is one to spare for somebody unknown who offers a connection. */
export function hasForStranger(): boolean {
  return uncollected < FOR_STRANGERS;
}

/** Whether there is one to spare to dial with. */
export function hasForDial(): boolean {
  return uncollected < FOR_DIALS;
}
