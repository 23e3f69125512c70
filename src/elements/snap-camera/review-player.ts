import type { SnapItem } from '../../item.js';

/**
 * A player for a clip or a sound, still without its source; null for anything else. Created here,
 * not in a template: Safari 27 does not show a `<video>` that was cloned from one.
 */
export function playerOf(item: SnapItem): HTMLMediaElement | null {
  if (item.kind !== 'video' && item.kind !== 'audio') return null;
  const player = document.createElement(item.kind);
  player.controls = true;
  player.preload = 'auto';
  // Otherwise an iPhone plays it full screen.
  if (player instanceof HTMLVideoElement) player.playsInline = true;
  return player;
}
