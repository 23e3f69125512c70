import type { CameraChoice } from '../../capture/camera/cameras.js';
import type { CameraControls } from '../../capture/camera/controls.js';
import type { SnapError } from '../../errors.js';
import type { CaptureMode } from '../../hub/hub-element.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { ObjectUrls } from '../shared/object-urls.js';
import type { Delivery } from './deliveries.js';
import type { WaysOut } from './failure/ways-out.js';
import type { LastShot } from './last-shot.js';
import type { CameraPhase } from './session.js';

/** What the camera renders from. */
export interface CameraView {
  readonly phase: CameraPhase;
  readonly error: SnapError | null;
  /** Whether it has been starting, or the browser asking, for long. */
  readonly slow: boolean;
  readonly mode: CaptureMode;
  /** What the person may choose from; a single one is not offered. */
  readonly modes: readonly CaptureMode[];
  /** What pressing the shutter does. */
  readonly shutter: 'snap' | 'send' | 'none';
  /** Seconds left of a countdown; 0 for none. */
  readonly count: number;
  /** Seconds recorded so far; null while nothing is recorded. */
  readonly recorded: number | null;
  readonly recordingPaused: boolean;
  /** Shows how loud it is while it is in the page. It is a node: see `Viewfinder.video`. */
  readonly meter: HTMLCanvasElement;
  readonly cameras: readonly CameraChoice[];
  /** The id of the open camera, if the browser reveals it. */
  readonly deviceId: string | undefined;
  /** What can be adjusted on the open camera; null while none is open. */
  readonly controls: CameraControls | null;
  readonly delivery: Delivery;
  readonly last: LastShot | null;
  readonly strings: StringsController;
  readonly urls: ObjectUrls;
  readonly waysOut: WaysOut;
  /** The line that says where this page sends to, or nothing. */
  readonly guard: unknown;
}

/** What the buttons of the camera do. */
export interface CameraCommands {
  readonly start: () => void;
  readonly stop: () => void;
  readonly flip: () => void;
  readonly choose: (deviceId: string) => void;
  readonly chooseFile: () => void;
  readonly chooseMode: (mode: CaptureMode) => void;
  /** The shutter was pressed; `long`: and held. */
  readonly press: (long: boolean) => void;
  readonly cancelCount: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Switches between `snap` and `send`. */
  readonly toggleSend: () => void;
  readonly sendPending: () => void;
  readonly setTorch: (on: boolean) => void;
  readonly setZoom: (value: number) => void;
  /** Shows the last photo. */
  readonly review: () => void;
}

type DeviceString<Name extends string> = `camera-${Name}` | `microphone-${Name}`;

/** The string about the camera, or about the microphone. */
export function deviceString<Name extends string>({ mode }: CameraView, name: Name): DeviceString<Name> {
  return mode === 'audio' ? `microphone-${name}` : `camera-${name}`;
}
