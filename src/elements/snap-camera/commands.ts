/** The methods of a camera that a button in the page can invoke. */
interface CommandTarget {
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
    '--snap': () => camera.snap(),
    '--record': () => camera.record(),
    '--stop-recording': () => camera.stopRecording(),
  };
  ignoreRejection(methods[command]?.());
}

/** For promises that nobody awaits: the camera has already reported the failure. */
export function ignoreRejection(done: unknown): void {
  Promise.resolve(done).catch(() => undefined);
}
