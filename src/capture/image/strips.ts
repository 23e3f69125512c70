import { nextTask } from '../../timing/next-task.js';
import type { Size } from './size.js';

/** In pixels: what is drawn or copied in one task, which takes about ten ms on a phone. */
const STRIP = 2 * 1024 * 1024;

/** Some full rows of a picture, in pixels. */
export interface Strip {
  readonly top: number;
  readonly height: number;
}

/** Whether a picture of this size is so large that it takes several strips. */
export function isManyStrips({ width, height }: Size): boolean {
  return width * height > STRIP;
}

/** Resolves in a new task. */
export function newTask(): Promise<void> {
  return new Promise((resolve) => nextTask(resolve));
}

/**
 * Divides a picture of that size into strips, from the top, and yields each in a task of its own,
 * so that the page stays responsive. They begin at even rows, where also pictures with half as many
 * rows of colour can be cut.
 */
export async function* stripsOf({ width, height }: Size): AsyncGenerator<Strip, void> {
  const rows = Math.max(2, Math.floor(STRIP / width / 2) * 2);
  for (let top = 0; top < height; top += rows) {
    if (top > 0) await newTask();
    yield { top, height: Math.min(rows, height - top) };
  }
}
