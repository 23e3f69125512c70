import { fixture } from '@open-wc/testing';
import { FakeHub } from '../../../demo/fake-hub.js';

FakeHub.define();

/** Renders `markup`, which contains one hub and one `<${tag}>`. */
export async function page<Tag extends keyof HTMLElementTagNameMap>(
  markup: string,
  tag: Tag,
): Promise<{ hub: FakeHub; element: HTMLElementTagNameMap[Tag]; shadow: ShadowRoot }> {
  const root = await fixture<HTMLElement>(`<div>${markup}</div>`);
  const element = root.querySelector(tag)!;
  return { hub: root.querySelector<FakeHub>('snap-connection')!, element, shadow: element.shadowRoot! };
}

/**
 * The requests of class `type` that reached `hub`, oldest first. A hub looks at a request once all
 * listeners have run.
 */
export async function asked<Request extends Event>(
  hub: FakeHub,
  type: new (...args: never[]) => Request,
): Promise<Request[]> {
  await Promise.resolve();
  return hub.requests.filter((request): request is Request => request instanceof type);
}

/**
 * The accessible name of `element`. Comparing names gives readable failures; comparing elements
 * makes the runner serialize whole trees.
 */
export function nameOf(element: Element | null): string | undefined {
  return element?.ariaLabel ?? element?.querySelector('img')?.alt ?? element?.textContent.trim();
}

/** The button or link in `root` with that accessible name. */
export function button(root: ParentNode, name: string): HTMLElement {
  const controls = [...root.querySelectorAll<HTMLElement>('button, a[href]')];
  const found = controls.find((each) => nameOf(each) === name);
  if (!found) throw new Error(`no button "${name}"`);
  return found;
}

/** Counts the object URLs made while `act` runs, and those of them that were not revoked. */
export async function objectUrls(act: () => Promise<void>): Promise<{ made: number; left: number }> {
  const createObjectURL = URL.createObjectURL.bind(URL);
  const revokeObjectURL = URL.revokeObjectURL.bind(URL);
  const alive = new Set<string>();
  let made = 0;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL(blob);
    made += 1;
    alive.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    alive.delete(url);
    revokeObjectURL(url);
  };
  try {
    await act();
  } finally {
    URL.createObjectURL = createObjectURL;
    URL.revokeObjectURL = revokeObjectURL;
  }
  return { made, left: alive.size };
}
