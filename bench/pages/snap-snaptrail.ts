import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import type { SnapItem } from '../../src/item.js';
import { Moments, painted } from './clock.js';
import { snapPage } from './snap-page.js';
import { SnaptrailContestant } from './snaptrail-contestant.js';

/** In bytes: the size that the scenario requires. */
const LEAST = 300_000;

const pictures = new Moments();

/** Pages as an author would write them: camera and buttons in one, the trail in the other. */
class SnapSnaptrail extends SnaptrailContestant {
  protected override use(item: SnapItem): void {
    if (item.file.size < LEAST) reportError(new Error(`The photo has only ${item.file.size} bytes`));
    void this.#shown(item);
  }

  async #shown({ id }: SnapItem): Promise<void> {
    const trail = document.querySelector<PhotoTrail>('photo-trail');
    if (!trail) return;
    for (;;) {
      await trail.updateComplete;
      const photo = trail.shadowRoot?.querySelector<HTMLImageElement>(`[data-id="${id}"] [part~=photo]`);
      if (photo) {
        await photo.decode();
        break;
      }
      await new Promise(requestAnimationFrame);
    }
    pictures.happened(undefined, await painted());
  }
}

globalThis.bench = new SnapSnaptrail();
globalThis.snapBench = snapPage(
  () => document.querySelector('snap-camera')?.shadowRoot?.querySelector('video') ?? null,
  pictures,
);
