import type { SnapError } from '../../../errors.js';
import { isUnexplained } from '../../../capture/camera/camera.js';

/** A way out of a failure: what a person can do instead, or against it. */
export type Way =
  'allow' | 'try-again' | 'use-phone' | 'take-photo' | 'own-tab' | 'copy-link' | 'choose-file';

/** What decides which ways there are. */
export interface Surroundings {
  /** Whether this is a phone or a tablet. It has a camera app, and needs no other device. */
  readonly handheld: boolean;
  /** Whether the page has an invitation for another device. */
  readonly invites: boolean;
  /** Whether this page is in a frame, and has an address that a tab can open. */
  readonly framed: boolean;
  /** Whether another element shows *Choose files*, to which a button here would add nothing. */
  readonly filesBeside: boolean;
  /** Whether the browser has a button of its own that asks again after a refusal. */
  readonly asksAgain: boolean;
  readonly mode: 'photo' | 'video' | 'audio';
}

/**
 * The ways out of `error`, the best one first. Each would work, as far as the page can know: *Try
 * again* is missing where the same thing would happen again.
 */
export function waysOut(error: SnapError, around: Surroundings): readonly Way[] {
  return withoutDoubles(allWays(error, around), around);
}

/** The ways out of a wait for the camera that is long already. */
export function waysOutOfWaiting(around: Surroundings): readonly Way[] {
  return withoutDoubles([...cameraElsewhere(around), 'choose-file'], around);
}

/** Without those that another element of the page shows. */
function withoutDoubles(ways: readonly Way[], { filesBeside }: Surroundings): readonly Way[] {
  return filesBeside ? ways.filter((way) => way !== 'choose-file') : ways;
}

function allWays(error: SnapError, around: Surroundings): readonly Way[] {
  const { handheld, framed, asksAgain } = around;
  const elsewhere = cameraElsewhere(around);
  switch (error.code) {
    case 'camera-denied': {
      if (asksAgain) return ['allow', ...elsewhere, 'choose-file'];
      // The person may only have closed the question; then trying again is what helps.
      if (isUnexplained(error)) return ['try-again', ...elsewhere, 'choose-file'];
      return [...elsewhere, 'try-again', 'choose-file'];
    }
    case 'camera-denied-by-system':
    case 'camera-missing':
      return [...elsewhere, 'try-again', 'choose-file'];
    case 'camera-dismissed':
    case 'camera-busy':
    case 'camera-unplugged':
      return ['try-again', ...elsewhere, 'choose-file'];
    case 'camera-blocked-by-policy':
      if (!framed) return [...elsewhere, 'choose-file'];
      // A photo of the camera app stays in this page, which the person is looking at.
      return handheld ? [...elsewhere, 'own-tab', 'choose-file'] : ['own-tab', ...elsewhere, 'choose-file'];
    case 'camera-unsupported':
      return [...elsewhere, 'choose-file', 'copy-link'];
    case 'capture-blocked':
      return [...elsewhere, 'choose-file', 'try-again'];
    default:
      return [...elsewhere, 'choose-file'];
  }
}

/** Another camera than the one that this page may not use: of another device, or by another app. */
function cameraElsewhere({ handheld, invites, mode }: Surroundings): Way[] {
  if (!handheld) return invites ? ['use-phone'] : [];
  // Not every system has an app that records sound for a page.
  return mode === 'audio' ? [] : ['take-photo'];
}
