import type { CapturePhase } from '../../hub/hub-element.js';

/** The methods of a camera that a button in the page can invoke. */
interface CommandTarget {
  readonly phase: CapturePhase;
  start(): Promise<unknown>;
  stop(): void;
  flip(): Promise<unknown>;
  snap(): Promise<unknown>;
  record(): Promise<unknown>;
  stopRecording(): Promise<unknown>;
}

/**
 * Runs an invoker command, such as that of `<button commandfor="cam" command="--snap">`. Unknown
 * commands are ignored, as they may be meant for the page.
 */
export function runCommand(camera: CommandTarget, command: string): void {
  const methods: Record<string, () => unknown> = {
    '--start': () => camera.start(),
    '--stop': () => camera.stop(),
    '--flip': () => camera.flip(),
    // The first press on a camera that is off turns it on: nobody wants a photo unframed.
    '--snap': () => (camera.phase === 'live' ? camera.snap() : camera.start()),
    '--record': () => camera.record(),
    '--stop-recording': () => camera.stopRecording(),
  };
  ignoreRejection(methods[command]?.());
}

/** For promises that nobody awaits: the camera has already reported the failure. */
export function ignoreRejection(done: unknown): void {
  Promise.resolve(done).catch(() => undefined);
}
