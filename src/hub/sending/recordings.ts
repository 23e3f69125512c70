import type { SnapItem } from '../../item.js';
import type { CaptureDevice } from '../hub-element.js';

/** Starts and ends the recordings of a hub's cameras, and knows what to send when one is ready. */
export class Recordings {
  /** Whether what is being recorded now is to be sent, as the last press has said. */
  #send = false;

  /** Starts recording, or ends the recording. `send`: send it once it is ready. */
  toggle(camera: CaptureDevice, send: boolean): void {
    this.#send = send;
    const done = camera.recording ? camera.stopRecording() : camera.record();
    // The camera reports its own failures.
    done.catch(() => (this.#send = false));
  }

  /**
   * Whether to send what was captured: a recording, however it ended. A camera may end one by
   * itself, at its longest or when it is turned off.
   */
  captured({ kind }: SnapItem): boolean {
    if (kind !== 'video' && kind !== 'audio') return false;
    const send = this.#send;
    this.#send = false;
    return send;
  }
}
