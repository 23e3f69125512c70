import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { requireXdotool, requireXvfb } from '../../../scripts/windows.mjs';

/** A screen in memory, whose keyboard reaches a browser's own windows, and not its pages alone. */
export class Screen {
  /** Its X11 display. */
  readonly display: string;
  readonly #server: ChildProcess;
  readonly #xdotool: string;

  private constructor(server: ChildProcess, display: string, xdotool: string) {
    this.#server = server;
    this.display = display;
    this.#xdotool = xdotool;
  }

  static async open(): Promise<Screen> {
    const [xvfb, xdotool] = [await requireXvfb(), await requireXdotool()];
    // It chooses a free display, and writes its number to that file once it is ready.
    const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
    const server = spawn(xvfb, args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
    return new Screen(server, `:${number.toString().trim()}`, xdotool);
  }

  /** Presses the key with this X11 name in the window that has the focus. */
  press(key: string): void {
    execFileSync(this.#xdotool, ['key', key], { env: { ...process.env, DISPLAY: this.display } });
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'exit');
    this.#server.kill();
    await closed;
  }
}
