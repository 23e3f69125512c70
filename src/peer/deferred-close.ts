import { steadyTimeout } from '../timing/steady-timeout.js';
import { trackClosed } from './connection-budget.js';

/**
 * After this long without an event, none is on its way: a closing connection emits several, one
 * soon after the other. In ms.
 */
const QUIET = 500;
/**
 * The longest that we wait, in ms, however many events the peer causes, and even if ICE never ends.
 */
const LONGEST = 5_000;

/** Events that Chromium queues and dispatches later, in a task of their own. */
const QUEUED = ['connectionstatechange', 'icegatheringstatechange', 'signalingstatechange'] as const;

/**
 * Closes a connection soon: once no more events are expected. Chromium never collects a connection
 * that is closed with an event in its queue. It neither empties nor drops the queue then, and what
 * is in it keeps the connection alive (rtc_peer_connection.cc, `DispatchScheduledEvents` returns
 * early once events are suppressed). Such connections count towards the 500 that a page may have,
 * for as long as it lives. Closing at once when the other side has gone happens right among such
 * events.
 *
 * Calls `onclosed` when it has closed the connection.
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

/** Whether no further event is certain to come. */
function isSettled({ iceGatheringState, connectionState }: RTCPeerConnection): boolean {
  return iceGatheringState !== 'gathering' && connectionState !== 'connecting';
}
