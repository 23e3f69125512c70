import type { SnapItem } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Delivery } from './deliveries.js';
import type { CameraPhase } from './session.js';
import type { CaptureSource } from './shutter.js';

/** What screen readers announce when a camera or microphone has entered or left `live`. */
export function phaseAnnouncement(
  phase: CameraPhase,
  device: 'camera' | 'microphone',
  strings: StringsController,
): string {
  if (phase === 'live') return strings.term(`${device}-on`);
  // The messages of the other phases are visible text in a live region of their own.
  return phase === 'idle' ? strings.term(`${device}-off`) : '';
}

/** What screen readers announce when `item` was captured. */
export function captureAnnouncement(
  item: SnapItem,
  source: CaptureSource,
  strings: StringsController,
): string {
  switch (source) {
    case 'photo':
      return strings.term('camera-photo-taken');
    case 'recording':
      return strings.term('camera-recorded');
    case 'file':
      return strings.term('camera-added', item.file.name);
  }
}

/** What screen readers announce when everything has arrived, or when something has failed. */
export function deliveryAnnouncement(before: Delivery, now: Delivery, strings: StringsController): string {
  if (now.failed > before.failed) return strings.term('sender-failed');
  return now.delivered && before.sending > 0 ? strings.term('camera-delivered') : '';
}
