import { steadyTimeout } from '../timing/steady-timeout.js';
import { trackClosed } from './connection-budget.js';

/**
 * In ms without an event, after which none is on its way: the end of a connection comes as several,
 * one soon after the other.
 */
const QUIET = 500;
/**
 * In ms: a peer that keeps the events coming, or a path that is never found, does not keep the
 * connection.
 */
const LONGEST = 5_000;

/** Events that Chromium queues: it dispatches them in a task of their own, later. */
const QUEUED = ['connectionstatechange', 'icegatheringstatechange', 'signalingstatechange'] as const;

/**
 * Closes a connection that nobody uses any more, soon: once it is quiet. Chromium never collects
 * one that is closed with an event in its queue: the queue is then neither emptied nor forgotten,
 * and what is in it holds on to the connection (rtc_peer_connection.cc, `DispatchScheduledEvents`
 * returns early once events are suppressed). Such connections count towards the 500 that a page may
 * have, for as long as it lives. Whoever closes at once when the other side has gone does so in the
 * very midst of such events.
 *
 * `onclosed` is called when it is closed.
 */
export function closeWhenSettled(
  connection: RTCPeerConnection,
  onclosed: () => void = () => undefined,
): void {
  const over = new AbortController();
  const latest = performance.now() + LONGEST;
  const close = (): void => {
    over.abort();
    connection.close();
    trackClosed();
    onclosed();
  };
  const look = (): void => {
    if (isSettled(connection) || performance.now() >= latest) close();
    else cancel = steadyTimeout(look, QUIET);
  };
  let cancel = steadyTimeout(look, QUIET);
  const heard = (): void => {
    if (performance.now() >= latest) return;
    cancel();
    cancel = steadyTimeout(look, QUIET);
  };
  for (const type of QUEUED) connection.addEventListener(type, heard, { signal: over.signal });
}

/** Whether no event is certain to come. */
function isSettled({ iceGatheringState, connectionState }: RTCPeerConnection): boolean {
  return iceGatheringState !== 'gathering' && connectionState !== 'connecting';
}
