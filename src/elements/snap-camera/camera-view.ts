import type { SnapError } from '../../errors.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { WaysOut } from './failure/ways-out.js';
import type { CameraPhase } from './session.js';

/** What the camera renders from. */
export interface CameraView {
  readonly phase: CameraPhase;
  readonly error: SnapError | null;
  /** Whether it has been starting, or the browser asking, for long. */
  readonly slow: boolean;
  readonly mode: 'photo' | 'video' | 'audio';
  /** Seconds left of a countdown; 0 for none. */
  readonly count: number;
  /** Seconds recorded so far; null while nothing is recorded. */
  readonly recorded: number | null;
  readonly cameras: number;
  readonly strings: StringsController;
  readonly waysOut: WaysOut;
}

/** What the buttons of the camera do. */
export interface CameraCommands {
  readonly start: () => void;
  readonly stop: () => void;
  readonly flip: () => void;
  readonly chooseFile: () => void;
  readonly cancelCount: () => void;
  readonly record: () => void;
  readonly stopRecording: () => void;
}

type DeviceString<Name extends string> = `camera-${Name}` | `microphone-${Name}`;

/** The string about the camera, or about the microphone. */
export function deviceString<Name extends string>({ mode }: CameraView, name: Name): DeviceString<Name> {
  return mode === 'audio' ? `microphone-${name}` : `camera-${name}`;
}
