import type { PropertyDeclarations } from 'lit';
import type { CaptureMode } from '../../hub/hub-element.js';
import { choice, flag, number, text } from '../shared/property-kinds.js';
import { SnapElement } from '../shared/snap-element.js';

/** In seconds: longer than anybody waits or records, and within the range of browser timers. */
const DAY = 86_400;

/** What the file chooser offers in place of the camera. */
export const FILES = { photo: 'image/*', video: 'video/*', audio: 'audio/*' } as const;

/** The attributes of `<snap-camera>` and their properties. */
export abstract class CameraProperties extends SnapElement {
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    facing: choice('facing', ['user', 'environment']),
    mode: choice('mode', ['photo', 'video', 'audio']),
    format: choice('format', ['jpeg', 'webp', 'png', 'raw']),
    quality: number('quality', { defaultValue: 0.9, min: 0.01, max: 1 }),
    resolution: text('resolution', { defaultValue: 'max' }),
    maxEdge: number('max-edge', { defaultValue: 0 }),
    countdown: number('countdown', { defaultValue: 0, max: DAY }),
    maxDuration: number('max-duration', { defaultValue: 300, min: 0.01, max: DAY }),
    shutter: choice('shutter', ['auto', 'snap', 'send', 'none']),
    modes: text('modes', { defaultValue: null }),
    autostart: flag('autostart'),
  };

  /**
   * Which camera to prefer: the one that faces the person, or the one that faces away. A device
   * with one camera uses that one.
   */
  declare facing: 'user' | 'environment';
  /** What to capture. `video` has sound; `audio` uses the microphone alone. */
  declare mode: 'photo' | 'video' | 'audio';
  /** The modes that the person may choose from, separated by spaces; null for no choice. */
  declare modes: string | null;
  /**
   * What the round button in the picture does: take a photo, take and send it, or it is not there.
   * `auto`: `snap`, unless a `<snap-sender>` of the same hub shows its own *Snap*. Holding it does
   * the other of `snap` and `send`.
   */
  declare shutter: 'auto' | 'snap' | 'send' | 'none';
  /** The format of photos. `raw`: the exact pixels, as `imageData` of the item. */
  declare format: 'jpeg' | 'webp' | 'png' | 'raw';
  /** The quality of `jpeg` and `webp`, from 0 to 1. */
  declare quality: number;
  /**
   * What to ask the camera for: `max`, its best, or a size in pixels such as `1920x1080`, as on a
   * device held sideways. A camera gives the nearest that it has; a recorded video has at most
   * 1920 by 1080 pixels unless a size is given.
   */
  declare resolution: string;
  /** In pixels: photos with a longer edge are scaled down. 0: the camera's own resolution. */
  declare maxEdge: number;
  /** Seconds between `snap()` and the photo. */
  declare countdown: number;
  /** In seconds: recordings stop at this length. */
  declare maxDuration: number;
  /**
   * Turns the camera on as soon as the element is in a page. The browser may ask the person for
   * permission at once.
   */
  declare autostart: boolean;
}

const MODES = ['photo', 'video', 'audio'] as const;

/**
 * The modes that `listed` names, in its order. The current one is always among them. Also separated
 * by commas: so an array reads that a framework has set.
 */
export function modesOf(listed: string | null, current: CaptureMode): readonly CaptureMode[] {
  const words = new Set((listed ?? '').toLowerCase().split(/[\s,]+/));
  const found = [...words].flatMap((word) => MODES.find((mode) => mode === word) ?? []);
  return found.includes(current) ? found : [current, ...found];
}
