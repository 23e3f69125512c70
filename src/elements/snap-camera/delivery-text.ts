import type { CameraView } from './camera-view.js';

/** How far what was captured is, in a phrase; the empty string if nothing is known of it. */
export function deliveryText({ delivery, last, strings }: CameraView): string {
  const { pending, sending, progress, failed, delivered } = delivery;
  if (failed > 0) return strings.term('sender-failed');
  if (progress !== null) {
    const waits = last?.transfer?.state === 'queued' && last.transfer.recipients.length === 0;
    if (waits && sending === 1) return strings.term('sender-awaits-member');
    return strings.term('sender-sending', strings.number(progress, { style: 'percent' }));
  }
  if (pending > 0) return strings.term('sender-pending', pending);
  if (!delivered) return '';
  const { recipients = [] } = last?.transfer ?? {};
  const outcome = (['submitted', 'opened'] as const).find((each) =>
    recipients.some((to) => to.outcome === each),
  );
  return outcome ? strings.term(`sender-${outcome}`, 1, 1) : strings.term('camera-delivered');
}
