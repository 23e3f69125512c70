import type { CameraControls } from '../../../capture/camera/controls.js';
import { pictureBox } from '../motion.js';

/** In CSS pixels: a finger that moves further is not tapping. */
const STILL = 10;

/** In ms: a finger that stays longer is not tapping. */
const BRIEF = 350;

interface Finger {
  readonly x: number;
  readonly y: number;
  readonly startX: number;
  readonly startY: number;
  readonly since: number;
}

/**
 * Two fingers on the picture zoom; a tap focuses on what was tapped. Both are extras: the zoom has
 * a slider, and cameras focus by themselves.
 */
export class Gestures {
  readonly #video: HTMLVideoElement;
  readonly #controls: () => CameraControls | null;
  readonly #fingers = new Map<number, Finger>();
  /** When the second finger came down. */
  #pinch: { readonly distance: number; readonly zoom: number } | null = null;

  constructor(video: HTMLVideoElement, controls: () => CameraControls | null) {
    this.#video = video;
    this.#controls = controls;
    video.addEventListener('pointerdown', (event) => this.#down(event));
    video.addEventListener('pointermove', (event) => this.#move(event));
    video.addEventListener('pointerup', (event) => this.#up(event));
    video.addEventListener('pointercancel', (event) => this.#lift(event.pointerId));
    video.addEventListener('pointerleave', (event) => this.#lift(event.pointerId));
    // Where the camera zooms, the page must not.
    const keep = (event: TouchEvent): void => {
      if (event.touches.length > 1 && event.cancelable && this.#controls()?.zoom) event.preventDefault();
    };
    video.addEventListener('touchstart', keep, { passive: false });
  }

  #down({ pointerId, clientX: x, clientY: y, timeStamp: since, button }: PointerEvent): void {
    if (button !== 0) return;
    this.#fingers.set(pointerId, { x, y, startX: x, startY: y, since });
    const zoom = this.#controls()?.zoom;
    this.#pinch = zoom && this.#fingers.size === 2 ? { distance: this.#distance(), zoom: zoom.value } : null;
  }

  #move({ pointerId, clientX: x, clientY: y }: PointerEvent): void {
    const finger = this.#fingers.get(pointerId);
    if (!finger) return;
    this.#fingers.set(pointerId, { ...finger, x, y });
    if (!this.#pinch || this.#pinch.distance === 0) return;
    const { distance, zoom } = this.#pinch;
    void this.#controls()?.setZoom((zoom * this.#distance()) / distance);
  }

  #up({ pointerId, timeStamp }: PointerEvent): void {
    const finger = this.#fingers.get(pointerId);
    const alone = this.#fingers.size === 1;
    this.#lift(pointerId);
    if (!finger || !alone || timeStamp - finger.since > BRIEF) return;
    if (Math.hypot(finger.x - finger.startX, finger.y - finger.startY) <= STILL) this.#focus(finger);
  }

  #lift(pointerId: number): void {
    this.#fingers.delete(pointerId);
    this.#pinch = null;
  }

  #distance(): number {
    const [one, other] = [...this.#fingers.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  #focus({ x, y }: Finger): void {
    const focusAt = this.#controls()?.focusAt;
    const box = pictureBox(this.#video);
    const across = (x - box.left) / box.width;
    const down = (y - box.top) / box.height;
    if (!focusAt || !(across >= 0 && across <= 1 && down >= 0 && down <= 1)) return;
    const mirrored = this.#video.classList.contains('mirrored');
    void focusAt(mirrored ? 1 - across : across, down);
    this.#showSpot(x, y);
  }

  /** A ring where the camera focuses. It tells something, so reduced motion only keeps it still. */
  #showSpot(x: number, y: number): void {
    const frame = this.#video.parentElement!;
    const box = frame.getBoundingClientRect();
    const spot = document.createElement('span');
    spot.className = 'spot';
    Object.assign(spot.style, { left: `${x - box.left}px`, top: `${y - box.top}px` });
    frame.append(spot);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const shown = spot.animate(
      still ? { opacity: [1, 1] } : { opacity: [0, 1, 1, 0], scale: [1.4, 1, 1, 1] },
      { duration: 900 },
    );
    const gone = (): void => spot.remove();
    shown.finished.then(gone, gone);
  }
}
