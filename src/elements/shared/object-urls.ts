import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { holdUrl, releaseUrl } from '../../object-url.js';

/**
 * Object URLs for the blobs that an element shows. Each rendering asks for the URLs it needs, and
 * URLs that the latest rendering did not ask for are revoked. An element that leaves its document
 * has no hub and renders nothing, so all its URLs are revoked; one that only moves keeps them.
 */
export class ObjectUrls implements ReactiveController {
  readonly #urls = new Map<Blob, string>();
  readonly #asked = new Set<Blob>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The URL of `blob`; stable as long as every rendering asks for it. */
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
