import type { CameraRequest } from '../../capture/camera/camera.js';
import type { SnapError } from '../../errors.js';

/**
 * The phases of a camera.
 *
 * ```
 *  idle ──► starting ⇄ asking ──► live ⇄ paused
 *    ▲          └──────────┴────────┴──────┴──► failed ──► starting
 *    └── stop(), from any phase
 * ```
 *
 * `asking` means that the browser is known to be asking the person for permission. A camera that is
 * merely slow to start stays in `starting`, or people would look for a prompt that is not there.
 * `paused` means that the device gives no picture for now, or that it was released while nobody
 * sees the page.
 */
export type CameraPhase = 'idle' | 'asking' | 'starting' | 'live' | 'paused' | 'failed';

/** What a session needs from its element. */
export interface SessionHost {
  /** What to open, by the attributes of now. */
  request(): CameraRequest;
  /** The phase or the number of cameras has changed. */
  changed(): void;
  /** The camera has failed. Returns false if the page shows the message itself. */
  failed(error: SnapError): boolean;
  /** Whether the camera is needed although nobody sees the page, as for a recording. */
  busy(): boolean;
}
