// Finds what the tests need that drive a browser's own windows, on a machine without a screen:
// Xvfb, a display in memory, and xdotool, which presses keys. Installs them where there are none.
import { existsSync } from 'node:fs';
import { installPackage } from './apt.mjs';
import { firstThatStarts, onPath, required } from './programs.mjs';

/** The path of `Xvfb`, after installing it if there is none. */
export function requireXvfb() {
  return required(
    // It has no option that only prints something.
    () =>
      Promise.resolve([process.env.XVFB_PATH, ...onPath('Xvfb')].find((path) => path && existsSync(path))),
    [() => installPackage('xvfb')],
    'These tests need Xvfb: install it (on Debian: apt-get install xvfb), or set XVFB_PATH to the one you have.',
  );
}

/** The path of `xdotool`, after installing it if there is none. */
export function requireXdotool() {
  return required(
    () => Promise.resolve(firstThatStarts([process.env.XDOTOOL_PATH, ...onPath('xdotool')])),
    [() => installPackage('xdotool')],
    'These tests need xdotool: install it (on Debian: apt-get install xdotool), or set XDOTOOL_PATH to the one you have.',
  );
}
