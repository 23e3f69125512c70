/**
 * Calls `listener` when a camera or a microphone is connected: the one with this id, or any if the
 * id is undefined. May call it several times, until `signal` aborts.
 */
export function whenPlugged(
  device: 'camera' | 'microphone',
  deviceId: string | undefined,
  listener: () => void,
  signal: AbortSignal,
): void {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  const look = async (): Promise<void> => {
    const devices = await mediaDevices!.enumerateDevices().catch(() => []);
    const kind = device === 'camera' ? 'videoinput' : 'audioinput';
    const present = devices.filter((each) => each.kind === kind);
    const found = deviceId === undefined ? present[0] : present.find((each) => each.deviceId === deviceId);
    if (found && !signal.aborted) listener();
  };
  mediaDevices?.addEventListener('devicechange', () => void look(), { signal });
}
