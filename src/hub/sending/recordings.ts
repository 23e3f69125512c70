import type { SnapItem } from '../../item.js';
import type { CaptureDevice } from '../hub-element.js';

/** Starts and ends the recordings of a hub's cameras, and knows what to send when one is ready. */
export class Recordings {
  /** The cameras whose present recording is to be sent, as the last press has said. */
  readonly #sending = new WeakSet<EventTarget>();

  /** Starts recording, or ends the recording. `send`: send it once it is ready. */
  toggle(camera: CaptureDevice, send: boolean): void {
    if (send) this.#sending.add(camera);
    else this.#sending.delete(camera);
    const done = camera.recording ? camera.stopRecording() : camera.record();
    // The camera reports its own failures.
    done.catch(() => this.#sending.delete(camera));
  }

  /**
   * Whether to send what `camera` has captured: a recording, however it ended. A camera may end one
   * by itself, at its longest or when it is turned off.
   */
  captured({ kind }: SnapItem, camera: EventTarget): boolean {
    return (kind === 'video' || kind === 'audio') && this.#sending.delete(camera);
  }
}
