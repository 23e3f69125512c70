// Finds programs that are installed on this machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Every path at which the PATH may have one of these programs. @param {string[]} names */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Every path at which Windows may have a program.
 * @param {string} file relative to a folder for programs
 */
export function inProgramFiles(file) {
  return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, file));
}

/** @param {(string | undefined)[]} paths */
export function firstThatStarts(paths) {
  return paths.find((path) => path && existsSync(path) && starts(path));
}

/**
 * Whether the program prints its version. A browser that lacks a system library, as a download into
 * a bare container does, fails here and not in every test.
 */
function starts(/** @type {string} */ path) {
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/**
 * Finds a program, or installs it by the first way that works.
 *
 * @param {() => Promise<string | undefined>} find
 * @param {(() => unknown)[]} installs ways to install it, in order
 * @param {string} missing the message of the error if all of them fail
 */
export async function required(find, installs, missing) {
  const found = await find();
  if (found) return found;
  for (const install of installs) {
    await install();
    const installed = await find();
    if (installed) return installed;
  }
  throw new Error(missing);
}
