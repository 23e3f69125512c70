import { isElement } from '../../../ancestors.js';

/**
 * Calls `callback` once `element` can no longer be seen or used because something around it was
 * hidden, closed, folded or made inert. A modal dialog must close then, or the page stays blocked.
 *
 * It checks at once, and whenever the browser reports something that may matter: a size change
 * (`ResizeObserver`, for boxes that disappear), an intersection change (`content-visibility`), an
 * attribute change around it (`inert`, which affects no box), and a transition of `visibility`,
 * which is inherited. For the last, the element needs `transition: visibility 1ms`.
 */
export function whenOutOfReach(element: HTMLElement, callback: () => void, signal: AbortSignal): void {
  const { defaultView } = element.ownerDocument;
  if (!defaultView) return callback();
  // The observers of the element's own window; those of another may not fire.
  const { ResizeObserver, IntersectionObserver, MutationObserver } = defaultView as typeof globalThis;
  const done = new AbortController();
  const look = (): void => {
    if (done.signal.aborted || signal.aborted) return;
    if (!isWithinReach(element)) {
      done.abort();
      callback();
      return;
    }
    // Re-observe each time, as the ancestors may have changed.
    attributes.disconnect();
    for (const node of around(element)) attributes.observe(node, { attributes: true });
  };
  const resize = new ResizeObserver(look);
  const intersection = new IntersectionObserver(look);
  const attributes = new MutationObserver(look);
  for (const end of [signal, done.signal])
    end.addEventListener('abort', () => {
      for (const observer of [resize, intersection, attributes]) observer.disconnect();
    });
  resize.observe(element);
  intersection.observe(element);
  for (const type of ['transitionrun', 'transitionend'] as const)
    element.addEventListener(type, look, { signal });
  look();
}

function isWithinReach(element: HTMLElement): boolean {
  if (!element.checkVisibility()) return false;
  // The element's own `visibility` lags by its transition.
  const outer = outwards(element);
  if (outer && getComputedStyle(outer).visibility !== 'visible') return false;
  for (const node of around(element)) if (node.hasAttribute('inert')) return false;
  return true;
}

/**
 * The ancestors of `element` in the flat tree: slots for slotted elements, hosts for shadow roots.
 */
function* around(element: Element): Generator<Element, void> {
  for (let above = outwards(element); above; above = outwards(above)) yield above;
}

function outwards(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const parent = element.parentNode;
  if (isElement(parent)) return parent;
  return parent && 'host' in parent ? (parent as ShadowRoot).host : null;
}
