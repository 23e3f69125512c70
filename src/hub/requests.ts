import type { SnapEventMap } from '../events.js';

/** The events that request something of a hub. `snap-captured` requests that it keeps an item. */
export const REQUEST_EVENTS = [
  'snap-captured',
  'snap-capture-request',
  'snap-choose-request',
  'snap-send-request',
  'snap-cancel-request',
  'snap-retry-request',
  'snap-remove-request',
  'snap-rename-request',
  'snap-renew-request',
  'snap-restore-request',
  'snap-outcome',
] as const;

/** What a hub does on each request; `by`: the element through which it came. */
export type RequestHandlers = {
  readonly [Type in (typeof REQUEST_EVENTS)[number]]: (event: SnapEventMap[Type], by: Element) => void;
};

/**
 * Which hub a request event belongs to.
 *
 * A request bubbles from a small element through everything around it, which may include a hub that
 * it does *not* belong to. The first to claim an event owns it: the hub controller of a small
 * element claims it at the target, before any ancestor sees it.
 */
const owners = new WeakMap<Event, Element | null>();

/**
 * Claims `event` for `hub` (null: for nobody) unless it has an owner. Returns whether this call
 * made `hub` the owner.
 */
export function claim(event: Event, hub: Element | null): boolean {
  if (owners.has(event)) return false;
  owners.set(event, hub);
  return true;
}

/**
 * Serves the requests that reach `target` on behalf of `hub`, until `signal` aborts. A request is
 * served in a microtask after its dispatch, so that every listener on its way can cancel it, by
 * what `handlers` returns then.
 */
export function serveRequests(
  hub: Element,
  target: Element,
  handlers: () => RequestHandlers,
  signal: AbortSignal,
): void {
  for (const type of REQUEST_EVENTS) {
    target.addEventListener(
      type,
      (event) => {
        if (!claim(event, hub)) return;
        queueMicrotask(() => {
          const handle = handlers()[type] as (event: Event, by: Element) => void;
          if (!event.defaultPrevented) handle(event, target);
        });
      },
      { signal },
    );
  }
}
