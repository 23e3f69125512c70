import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SnapItem } from '../snap-item.js';

/**
 * The players of clips and sounds: one node for each item, the same in every rendering, so that what plays goes on while the list around
 * it changes. They are made here and not in a template because Safari 27 does not show a `<video>` that was cloned from one.
 */
export class MediaNodes implements ReactiveController {
  readonly #nodes = new Map<string, HTMLMediaElement>();
  readonly #asked = new Set<string>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The player of `item`, which shows `url`; null where the browser cannot play it. */
  of(item: SnapItem, url: string, label: string): HTMLMediaElement | null {
    const node =
      this.#nodes.get(item.id) ?? document.createElement(item.kind === 'video' ? 'video' : 'audio');
    if (node.canPlayType(item.file.type) === '') return null;
    this.#asked.add(item.id);
    this.#nodes.set(item.id, node);
    node.ariaLabel = label;
    if (node.src !== url) {
      node.controls = true;
      node.preload = 'metadata';
      // On an iPhone a film would otherwise take the whole screen as soon as it plays.
      if (node instanceof HTMLVideoElement) node.playsInline = true;
      node.src = url;
    }
    return node;
  }

  hostUpdate(): void {
    this.#asked.clear();
  }

  /** A player without an address and loaded anew lets go of its decoder; there are few of them on a phone. */
  hostUpdated(): void {
    for (const [id, node] of this.#nodes) {
      if (this.#asked.has(id)) continue;
      node.pause();
      node.removeAttribute('src');
      node.load();
      this.#nodes.delete(id);
    }
  }
}
