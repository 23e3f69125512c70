/**
 * How many RTCPeerConnections this page has that were not collected yet. Chromium refuses the
 * 500th, and closing one does not give it back: a page that did nothing else reached the limit with
 * one in 300 ms, all closed at once, after 200 s. So we count what was built and what was
 * collected, remind the browser to collect, and stop long before the limit.
 */

/**
 * Above this, no lane is opened, on whichever side. Lanes only speed up a transfer, and a malicious
 * member could ask for thousands.
 */
const FOR_LANES = 200;
/** Above this, offers from unproven peers are refused. */
const FOR_STRANGERS = 250;
/** Above this, we do not dial. The rest is for the page's own use of WebRTC. */
const FOR_DIALS = 400;

/**
 * Above this many we nudge the browser to collect closed connections, each time that so many more
 * have closed.
 */
const REMINDED_AT = 50;
const REMINDED_EACH = 20;
/**
 * In bytes. Chromium does not count what a connection weighs, but it does count buffers, and
 * collects after another 64 MiB of them (V8's kExternalAllocationSoftLimit). Nobody writes to this
 * buffer, so it takes no memory. Measured with two connections in 290 ms: without it, none was
 * collected before there were 212; with it, there were never more than 64.
 */
const REMINDER = 67_108_864;

let uncollected = 0;
let closedSince = 0;
/**
 * Browsers without it are older than any that we support, but must still be able to load this
 * module: there, nothing is counted.
 */
const collected =
  'FinalizationRegistry' in globalThis ? new FinalizationRegistry(() => (uncollected -= 1)) : null;

/** Call it when a connection has been created. */
export function trackConnection(connection: RTCPeerConnection): void {
  if (!collected) return;
  uncollected += 1;
  collected.register(connection, undefined);
}

/** Call it when a connection has been closed. It can be collected once nothing refers to it. */
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

/** Whether there is one to spare for an unproven peer that offers a connection. */
export function canAcceptStranger(): boolean {
  return uncollected < FOR_STRANGERS;
}

/** Whether there is one to spare for a dial. */
export function canDial(): boolean {
  return uncollected < FOR_DIALS;
}
