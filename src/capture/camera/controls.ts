/** A range that a device offers, and its current value. */
export interface ControlRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

/** What the person may adjust on the open camera. What the device lacks is null. */
export interface CameraControls {
  /** Whether the light is on; null if there is none. */
  readonly torch: boolean | null;
  readonly zoom: ControlRange | null;
  /**
   * Focuses on a point of the picture as the camera gives it, not mirrored: 0, 0 is its upper left
   * corner, 1, 1 its lower right one. Null if the device cannot be told where to focus.
   */
  readonly focusAt: ((x: number, y: number) => Promise<boolean>) | null;
  /** Resolves with false if the device refused. */
  setTorch(on: boolean): Promise<boolean>;
  /** `value` is clamped to the range. Resolves with false if the device refused. */
  setZoom(value: number): Promise<boolean>;
}

/**
 * Capabilities, settings and constraints of the W3C's Image Capture, which TypeScript's DOM types
 * lack.
 */
interface Capabilities extends MediaTrackCapabilities {
  readonly torch?: boolean | readonly boolean[];
  readonly zoom?: { readonly min?: number; readonly max?: number; readonly step?: number };
  readonly focusMode?: readonly string[];
}

interface Adjustment extends MediaTrackConstraintSet {
  readonly torch?: boolean;
  readonly zoom?: number;
  readonly focusMode?: string;
  readonly pointsOfInterest?: readonly { readonly x: number; readonly y: number }[];
}

/**
 * Adjusts the camera of `track`. What was adjusted last is kept here, because some devices do not
 * report it; `changed` is called after each change.
 */
export class TrackControls implements CameraControls {
  readonly #track: MediaStreamTrack;
  readonly #changed: () => void;
  /** All that was adjusted so far: each `applyConstraints` replaces the earlier constraints. */
  #adjusted: Adjustment = {};

  constructor(track: MediaStreamTrack, changed: () => void) {
    this.#track = track;
    this.#changed = changed;
  }

  get torch(): boolean | null {
    // Chromium reports a boolean; the specification's later drafts, a list of possible values.
    const { torch } = this.#capabilities;
    if (torch !== true && !(Array.isArray(torch) && torch.includes(true))) return null;
    return this.#adjusted.torch ?? this.#settings.torch === true;
  }

  get zoom(): ControlRange | null {
    const { zoom } = this.#capabilities;
    const { min, max, step } = zoom ?? {};
    if (min === undefined || max === undefined || !(max > min)) return null;
    const value = this.#adjusted.zoom ?? this.#settings.zoom ?? min;
    return { min, max, step: step && step > 0 ? step : (max - min) / 100, value };
  }

  get focusAt(): ((x: number, y: number) => Promise<boolean>) | null {
    const supported = navigator.mediaDevices.getSupportedConstraints() as { pointsOfInterest?: boolean };
    const mode = FOCUS_MODES.find((each) => this.#capabilities.focusMode?.includes(each));
    if (!supported.pointsOfInterest || mode === undefined) return null;
    return (x, y) =>
      this.#adjust({ focusMode: mode, pointsOfInterest: [{ x: within(x, 0, 1), y: within(y, 0, 1) }] });
  }

  async setTorch(on: boolean): Promise<boolean> {
    return this.torch !== null && this.#adjust({ torch: on });
  }

  async setZoom(value: number): Promise<boolean> {
    const { zoom } = this;
    return zoom !== null && this.#adjust({ zoom: within(value, zoom.min, zoom.max) });
  }

  async #adjust(adjustment: Adjustment): Promise<boolean> {
    const before = this.#adjusted;
    const wanted = { ...before, ...adjustment };
    this.#adjusted = wanted;
    this.#changed();
    try {
      // In `advanced`, so that what the camera was opened with stays in force.
      await this.#track.applyConstraints({ ...this.#track.getConstraints(), advanced: [wanted] });
      return true;
    } catch {
      // A later adjustment, such as the next step of a pinch, includes this one.
      if (this.#adjusted === wanted) this.#adjusted = before;
      this.#changed();
      return false;
    }
  }

  get #capabilities(): Capabilities {
    // Firefox before 132 has no capabilities.
    return 'getCapabilities' in this.#track ? this.#track.getCapabilities() : {};
  }

  get #settings(): MediaTrackSettings & { torch?: boolean; zoom?: number } {
    return this.#track.getSettings();
  }
}

/** Best first: focus once on the point and stay there, or follow it. */
const FOCUS_MODES = ['single-shot', 'continuous', 'manual'] as const;

function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
