import { ancestors } from '../ancestors.js';

interface Watcher {
  readonly listeners: Set<() => void>;
  readonly observer: MutationObserver;
}

/** One observer for each document or shadow root, however many elements it contains. */
const watchers = new WeakMap<Node, Watcher>();

/**
 * Calls `changed` when a `lang` or `dir` attribute changes in the document that contains `node`
 * now, or in a shadow root around it.
 */
export function watchLanguage(node: Node, changed: () => void, signal: AbortSignal): void {
  for (const root of ancestors(node)) {
    if (root.nodeType !== Node.DOCUMENT_NODE && root.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) continue;
    const watcher = watchers.get(root) ?? watch(root);
    watcher.listeners.add(changed);
    signal.addEventListener('abort', () => {
      watcher.listeners.delete(changed);
      if (watcher.listeners.size > 0) return;
      watcher.observer.disconnect();
      watchers.delete(root);
    });
  }
}

function watch(root: Node): Watcher {
  const listeners = new Set<() => void>();
  const observer = new MutationObserver(() => listeners.forEach((listener) => listener()));
  observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
  const watcher = { listeners, observer };
  watchers.set(root, watcher);
  return watcher;
}
