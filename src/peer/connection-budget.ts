/**
 * How many RTCPeerConnections this page has that were not collected yet. Chromium refuses the
 * 500th, and closing one does not give it back: a page that did nothing else reached the limit with
 * one in 300 ms, all closed at once, after 200 s. So we count what was built and what was
 * collected, remind the browser to collect, and stop long before the limit.
 */

/**
 * Above this no lane is opened, whoever asks: it makes a transfer quicker, and a member that
 * misbehaves could ask for thousands.
 */
const FOR_LANES = 200;
/** Above this none is built for somebody who has proven nothing. */
const FOR_STRANGERS = 250;
/** Above this none is dialled. What is left is for what the page itself does with WebRTC. */
const FOR_DIALS = 400;

/**
 * From this many on the browser is reminded of what has closed; again and again, after so many
 * more.
 */
const REMINDED_AT = 50;
const REMINDED_EACH = 20;
/**
 * In bytes. Chromium does not know what a connection weighs; what it weighs are the buffers of a
 * page, and after 64 MiB more of them it collects (V8's kExternalAllocationSoftLimit). Nobody
 * writes to this one, so it takes no memory. Measured with two connections in 290 ms: without it,
 * none was collected before there were 212; with it, there were never more than 64.
 */
const REMINDER = 67_108_864;

let uncollected = 0;
let closedSince = 0;
/**
 * A browser without it is older than any that we promise to work in, and shall still be able to
 * load this: it counts nothing.
 */
const collected =
  'FinalizationRegistry' in globalThis ? new FinalizationRegistry(() => (uncollected -= 1)) : null;

/** A connection has been built. */
export function trackConnection(connection: RTCPeerConnection): void {
  if (!collected) return;
  uncollected += 1;
  collected.register(connection, undefined);
}

/** A connection was closed: it can be collected, if nobody holds it. */
export function trackClosed(): void {
  closedSince += 1;
  if (uncollected < REMINDED_AT || closedSince < REMINDED_EACH) return;
  closedSince = 0;
  try {
    new ArrayBuffer(REMINDER);
  } catch {
    // A page that is this short of memory collects without being reminded.
  }
}

/** Whether there is one to spare beside a first connection. */
export function canOpenLane(): boolean {
  return uncollected < FOR_LANES;
}

/** Whether there is one to spare for somebody unknown who offers a connection. */
export function canAcceptStranger(): boolean {
  return uncollected < FOR_STRANGERS;
}

/** Whether there is one to spare to dial with. */
export function canDial(): boolean {
  return uncollected < FOR_DIALS;
}
