import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ElementHandle, Page } from 'playwright';
import { sample } from '../support/form.js';
import { Stage } from './support/stage.js';

/** Least contrast of text, and of icons and focus rings (WCAG 2.2, 1.4.3 and 1.4.11). */
const TEXT = 4.5;
const ICON = 3;

/** Opens the gallery, which shows the elements in all their states. */
async function open(stage: Stage, scheme: 'light' | 'dark', forced = false): Promise<Page> {
  const page = await stage.visit('about:blank');
  // tsx wraps named functions in a helper, which is missing in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.emulateMedia({
    colorScheme: scheme,
    reducedMotion: 'reduce',
    forcedColors: forced ? 'active' : 'none',
  });
  await page.goto(`${stage.url}gallery.html`);
  await page.locator('main[aria-busy=false]').waitFor({ timeout: 90_000 });
  return page;
}

/** Everything focusable in every shadow root: one of each kind, in each state of its host. */
async function controls(page: Page): Promise<ElementHandle<HTMLElement>[]> {
  const found = await page.evaluateHandle(() => {
    const kinds = new Map<string, HTMLElement>();
    for (const host of document.querySelectorAll<HTMLElement>('main *'))
      for (const each of host.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []) {
        if (each.tabIndex < 0 || !each.checkVisibility() || each.offsetWidth === 0) continue;
        // A player is focusable only with controls.
        if (each.matches('video:not([controls])')) continue;
        const around = each.parentElement?.closest('[class]')?.className;
        const state = each.closest('.frame')?.className;
        const disabled = each.matches(':disabled, [aria-disabled=true]');
        const kind = [host.localName, state, around, each.localName, each.className, each.part, disabled];
        if (!kinds.has(kind.join(' '))) kinds.set(kind.join(' '), each);
      }
    return [...kinds.values()];
  });
  const properties = await found.getProperties();
  return [...properties.values()].map((each) => each.asElement() as ElementHandle<HTMLElement>);
}

/**
 * The least contrast of the element's text or icon with what is under it: over both white and black
 * where a picture shines through.
 */
function contrast(element: HTMLElement): { name: string; ratio: number; text: boolean } {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const picture = element.closest('.shows-picture');
  const grounds = (start: Element | null): string[] => {
    const list: string[] = [];
    for (let at = start; at && at !== picture;) {
      list.unshift(getComputedStyle(at).backgroundColor);
      const root: Node = at.getRootNode();
      at = at.assignedSlot ?? at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    }
    return list;
  };
  const luminance = (colours: string[]): number => {
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data]
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const stack = grounds(element);
  const ratios = (picture ? ['#fff', '#000'] : ['#fff']).map((backdrop) => {
    const under = [backdrop, ...stack];
    const [one, other] = [luminance(under), luminance([...under, getComputedStyle(element).color])];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
  const label = element.textContent.replace(/\s+/g, ' ').trim();
  return {
    name: `${element.className} "${element.ariaLabel ?? label}"`,
    ratio: Math.min(...ratios),
    text: label !== '',
  };
}

/** How many pixels of the two pictures differ by at least that contrast. */
async function differing(page: Page, before: Buffer, after: Buffer, least: number): Promise<number> {
  return page.evaluate(
    async ([one, other, ratio]) => {
      const pixels = async (base64: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [first, second] = await Promise.all([pixels(one), pixels(other)]);
      const luminance = (data: Uint8ClampedArray, at: number): number =>
        [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
          const value = data[at + index]! / 255;
          return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        }, 0);
      let count = 0;
      for (let at = 0; at < first.length; at += 4) {
        const [dark, light] = [luminance(first, at), luminance(second, at)].sort((a, b) => a - b);
        if ((light! + 0.05) / (dark! + 0.05) >= ratio) count += 1;
      }
      return count;
    },
    [before.toString('base64'), after.toString('base64'), least] as const,
  );
}

describe('a control', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  for (const scheme of sample(['light', 'dark'] as const, 1))
    it(`has enough contrast at rest, hovered, pressed and focused: ${scheme}`, async () => {
      const page = await open(stage, scheme);
      const faint: string[] = [];
      const list = await controls(page);
      assert.ok(list.length > 30, `${list.length} controls`);
      for (const control of list) {
        if (!(await control.evaluate((element) => element.matches('button, a')))) continue;
        const look = async (state: string): Promise<void> => {
          const { name, ratio, text } = await control.evaluate(contrast);
          if (ratio < (text ? TEXT : ICON)) faint.push(`${name} ${state}: ${ratio.toFixed(2)}`);
        };
        await page.mouse.move(0, 0);
        await look('at rest');
        await control.evaluate((element) => element.scrollIntoView({ block: 'center' }));
        const box = (await control.boundingBox())!;
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await look('under a pointer');
        await page.mouse.down();
        await look('pressed');
        // Released elsewhere, the press does nothing.
        await page.mouse.move(0, 0);
        await page.mouse.up();
        await control.focus();
        await look('focused');
      }
      assert.deepEqual(faint, []);
    });

  const themes = [
    ['dark', false],
    ['light', false],
    ['light', true],
  ] as const;
  for (const [scheme, forced] of sample(themes, 1))
    it(`has a visible focus ring: ${forced ? 'forced colours' : scheme}`, async () => {
      const page = await open(stage, scheme, forced);
      await page.keyboard.press('Tab');
      const unseen: string[] = [];
      for (const control of await controls(page)) {
        if (await control.evaluate((element) => element.matches(':disabled'))) continue;
        await control.evaluate((element) => {
          element.scrollIntoView({ block: 'center' });
          element.blur();
        });
        const box = (await control.boundingBox())!;
        const clip = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 };
        const unfocused = await page.screenshot({ clip });
        await control.evaluate((element) => element.focus({ focusVisible: true, preventScroll: true }));
        const focused = await page.screenshot({ clip });
        const stands = await differing(page, unfocused, focused, ICON);
        // The least ring is one pixel wide.
        if (stands < box.width + box.height)
          unseen.push(`${await control.evaluate((element) => element.outerHTML.slice(0, 120))}: ${stands}`);
      }
      assert.deepEqual(unseen, []);
    });
});
