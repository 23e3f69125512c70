import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { specimens } from '../../../demo/states/all.js';
import { show, type VisibleTag } from '../../../demo/states/specimen.js';
import { speak } from './languages.js';
import { stickingOut } from './sticking-out.js';

const WIDTHS = [280, 320, 390, 608, 768, 1152, 1280, 1920];
const WIDTHS_OF_LARGE_LETTERS = [320, 768, 1280];

interface Shown {
  readonly name: string;
  readonly element: HTMLElementTagNameMap[VisibleTag];
}

/**
 * Defines tests, per language, that every state of every element stays within its box. All states
 * share one page whose width varies, as the elements do not depend on the window's.
 */
export function describeOverflow(languages: readonly string[]): void {
  describe('every state of every element', () => {
    let page: HTMLElement;
    const shown: Shown[] = [];

    before(async function () {
      this.timeout(240_000);
      // An animated item is outside its place for a moment.
      await emulateMedia({ reducedMotion: 'reduce' });
      page = document.body.appendChild(document.createElement('main'));
      // As in a card: 16 px of the page and 16 px of the card.
      page.style.padding = '32px';
      page.style.boxSizing = 'border-box';
      for (const specimen of specimens) {
        const card = page.appendChild(document.createElement('div'));
        shown.push({ name: `${specimen.tag} ${specimen.title}`, element: await show(specimen, card) });
      }
      // Lay out items out of view as well.
      const laidOut = new CSSStyleSheet();
      laidOut.replaceSync('* { content-visibility: visible !important }');
      for (const { element } of shown) element.shadowRoot!.adoptedStyleSheets.push(laidOut);
      // A playing video repaints all the time.
      for (const { element } of shown) element.shadowRoot!.querySelector('video')?.pause();
    });

    after(async () => {
      page.remove();
      await speak('en');
      document.documentElement.removeAttribute('dir');
      await emulateMedia({ reducedMotion: 'no-preference' });
    });

    for (const lang of languages) {
      it(`keeps within its box in ${lang}, from ${WIDTHS[0]} to ${WIDTHS.at(-1)} px`, async () => {
        await speakAll(lang);
        const look = (element: HTMLElement): string[] => [...stickingOut(element), ...crowded(element)];
        void expect(faults(WIDTHS, look)).to.deep.equal([]);
      });

      it(`keeps within its box in ${lang} with letters of twice the size`, async () => {
        await speakAll(lang);
        page.style.setProperty('--snap-font-size', '32px');
        const found = faults(WIDTHS_OF_LARGE_LETTERS, stickingOut);
        page.style.removeProperty('--snap-font-size');
        void expect(found).to.deep.equal([]);
      });
    }

    function speakAll(lang: string): Promise<void> {
      return speak(
        lang,
        shown.map(({ element }) => element),
      );
    }

    function faults(widths: readonly number[], look: (element: HTMLElement) => string[]): string[] {
      return widths.flatMap((width) => {
        page.style.width = `${width}px`;
        const found = shown.flatMap(({ name, element }) =>
          look(element).map((fault) => `${width} px, ${name}: ${fault}`),
        );
        if (page.scrollWidth > width) found.push(`${width} px: the page is ${page.scrollWidth} px wide`);
        return found;
      });
    }
  });
}

/** Whether the buttons at the top of a camera's picture come too close to the badge. */
function crowded(element: HTMLElement): string[] {
  const badge = element.shadowRoot!.querySelector('.badge')?.getBoundingClientRect();
  const buttons = element.shadowRoot!.querySelectorAll('.tools > .button');
  if (!badge) return [];
  return [...buttons].flatMap((button) => {
    const box = button.getBoundingClientRect();
    const apart = Math.max(box.left - badge.right, badge.left - box.right, box.top - badge.bottom);
    return apart < 4 ? [`a button comes within ${Math.round(apart)} px of the badge`] : [];
  });
}
