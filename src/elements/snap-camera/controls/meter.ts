import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How many bars the meter has at most; a new one appears with every step. */
const BARS = 48;

/** In CSS pixels: bars that are closer together could not be told apart. */
const CLOSEST = 3;

/** In ms. */
const STEP = 60;

/**
 * Draws how loud it has been in the last three seconds, or as much of that as there is space for,
 * newest at the end, so that people trust that something is heard. It draws by itself, without
 * rendering the element, and only while its canvas is in the page.
 */
export class Meter implements ReactiveController {
  readonly #level: () => number;
  readonly #bars: number[] = [];
  #frame = 0;
  #steppedAt = 0;

  readonly canvas: HTMLCanvasElement = createCanvas();

  constructor(host: ReactiveControllerHost, level: () => number) {
    this.#level = level;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#frame === 0 && this.canvas.isConnected) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (now: number): void => {
    if (!this.canvas.isConnected) {
      this.#frame = 0;
      this.#bars.length = 0;
      return;
    }
    this.#frame = requestAnimationFrame(this.#draw);
    if (now - this.#steppedAt < STEP) return;
    this.#steppedAt = now;
    this.#bars.push(this.#level());
    if (this.#bars.length > BARS) this.#bars.shift();
    this.#paint();
  };

  #paint(): void {
    const { canvas } = this;
    const context = canvas.getContext('2d');
    if (!context) return;
    const { width, height } = canvas;
    const shown = Math.max(1, Math.min(BARS, Math.floor(canvas.clientWidth / CLOSEST)));
    const gap = width / shown;
    context.clearRect(0, 0, width, height);
    // By its colour, and so in forced colours as well.
    context.fillStyle = getComputedStyle(canvas).color;
    for (let index = 0; index < shown; index += 1) {
      const level = this.#bars[index - shown + this.#bars.length] ?? 0;
      const tall = Math.max(gap / 2, level * height);
      context.fillRect(index * gap, (height - tall) / 2, gap / 2, tall);
    }
  }
}

function createCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = BARS * 12;
  canvas.height = 192;
  canvas.className = 'meter';
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}
