import { isElement } from '../../ancestors.js';

/**
 * Calls `told` once, when `element` can no longer be seen or used where it stands: something around
 * it was hidden, closed, folded or made inert, in whichever way. Whatever blocks the rest of the
 * page has to go then, or nobody can get at the page again.
 *
 * Looks at once, and then whenever the browser tells of something that may have had to do with it:
 * boxes that go (`ResizeObserver`; with `content-visibility`, `IntersectionObserver`), attributes
 * of what is around (`inert` changes no box), and `visibility`, which is inherited: the element
 * needs `transition: visibility 1ms` for that.
 */
export function whenOutOfReach(element: HTMLElement, told: () => void, signal: AbortSignal): void {
  const { defaultView } = element.ownerDocument;
  if (!defaultView) return told();
  // Those of the window that the element is in: others may not hear of it.
  const { ResizeObserver, IntersectionObserver, MutationObserver } = defaultView as typeof globalThis;
  const done = new AbortController();
  const look = (): void => {
    if (done.signal.aborted || signal.aborted) return;
    if (!isWithinReach(element)) {
      done.abort();
      told();
      return;
    }
    // Anew each time: what is around it may be another by now.
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
  // The element's own `visibility` lags behind, by its transition.
  const outer = outwards(element);
  if (outer && getComputedStyle(outer).visibility !== 'visible') return false;
  for (const node of around(element)) if (node.hasAttribute('inert')) return false;
  return true;
}

/**
 * The elements around `element` as it is seen: what is slotted lies in its slot, and what a shadow
 * root holds in its host.
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
