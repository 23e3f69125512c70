import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { holdUrl, releaseUrl } from '../../object-url.js';

/**
 * Object URLs for what an element shows. Every rendering asks for what it needs; a URL that a
 * rendering did not ask for again is revoked. Nobody has to remember to give one back: an element
 * that leaves its document has no hub, shows nothing, and so gives back all of them, while one that
 * is only moved keeps them.
 */
export class ObjectUrls implements ReactiveController {
  readonly #urls = new Map<Blob, string>();
  readonly #asked = new Set<Blob>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The URL of `blob`: the same one as long as each rendering asks for it. */
  of(blob: Blob): string {
    this.#asked.add(blob);
    let url = this.#urls.get(blob);
    if (url === undefined) {
      url = holdUrl(blob);
      this.#urls.set(blob, url);
    }
    return url;
  }

  hostUpdate(): void {
    this.#asked.clear();
  }

  hostUpdated(): void {
    for (const blob of this.#urls.keys()) {
      if (this.#asked.has(blob)) continue;
      releaseUrl(blob);
      this.#urls.delete(blob);
    }
  }
}
