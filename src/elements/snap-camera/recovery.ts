import { whenGranted } from '../../capture/camera/permission.js';
import { whenPlugged } from '../../capture/camera/plugged.js';
import type { SnapError } from '../../errors.js';

/** What failed, and the id that it had. */
interface FailedDevice {
  readonly device: 'camera' | 'microphone';
  /** Undefined where the browser did not reveal it. */
  readonly deviceId: string | undefined;
}

/**
 * Calls `again` when what made a device fail with `error` is over, as far as the browser tells: the
 * person has allowed it, or plugged it in. Stops waiting when `signal` aborts.
 */
export function whenUsable(
  { code }: SnapError,
  { device, deviceId }: FailedDevice,
  again: () => void,
  signal: AbortSignal,
): void {
  if (code === 'camera-denied' || code === 'camera-dismissed') void whenGranted(device, again, signal);
  if (code === 'camera-unplugged') whenPlugged(device, deviceId, again, signal);
  if (code === 'camera-missing') whenPlugged(device, undefined, again, signal);
}
