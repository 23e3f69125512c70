import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import type { SnapSender } from '../../../src/elements/snap-sender/snap-sender.js';
import type { SnapItem, SnapKind } from '../../../src/item.js';
import { FakeHub, fakeCamera, fakeItem, fakePeer, fakeTransfer, landscape } from '../../../demo/fake-hub.js';
import { LANGUAGES, speak } from '../support/languages.js';
import { stickingOut } from '../support/sticking-out.js';

FakeHub.define();

const WIDTHS = [280, 320, 390, 608, 768, 1152, 1280, 1920];

/** Names as nobody expects them. */
const NAMES: Record<string, string> = {
  'one letter': 'x',
  '600 letters without a space': 'W'.repeat(600),
  '600 Cyrillic letters': 'Щ'.repeat(600),
  '600 Cyrillic words': 'акт '.repeat(600),
  '600 Arabic letters': 'م'.repeat(600),
  'Arabic words and a Latin end': `${'ملف الصور '.repeat(60)}12.pdf`,
  'a Latin beginning and Hebrew': `IMG-${'שלום'.repeat(150)}`,
  '600 emoji': '👩‍👩‍👧‍👦'.repeat(600),
  'spaces only': ' '.repeat(600),
  'line breaks': 'a\n'.repeat(300),
  'as cameras write them': 'photo-2026-11-26-06-14-18-761.jpg',
};

describe('<snap-sender> keeps within its box, whatever the name is:', () => {
  for (const [what, name] of Object.entries(NAMES))
    it(what, async function () {
      this.timeout(30_000);
      const place = document.body.appendChild(document.createElement('div'));
      try {
        const elements = await show(name, place);
        for (const lang of LANGUAGES) {
          await speak(lang, elements);
          expect(faults(place, elements, lang)).to.deep.equal([]);
        }
      } finally {
        place.remove();
        await speak('en');
        document.documentElement.removeAttribute('dir');
      }
    });
});

/** Shows senders with everything that has a name, with and without a picture. */
async function show(name: string, place: HTMLElement): Promise<SnapSender[]> {
  const preview = await landscape(9, 64, 48);
  const kinds: readonly SnapKind[] = ['photo', 'video', 'audio', 'file'];
  const items = (picture: Blob | null): SnapItem[] =>
    kinds.map((kind) => fakeItem(new File(['…'], name), { kind, preview: picture }));
  const film = { name, type: 'video/mp4', size: 200_000_000, loaded: 18_000_000 };
  const states: Parameters<FakeHub['change']>[0][] = [
    { pending: [...items(preview), ...items(null)], camera: fakeCamera({ mode: 'video', recording: true }) },
    {
      transfers: [
        fakeTransfer('queued', { ...film, to: ['waiting'] }),
        fakeTransfer('sending', { ...film, preview, to: ['delivered', 'sending', 'sending'] }),
        fakeTransfer('failed', { ...film, error: 'storage-failed' }),
        fakeTransfer('cancelled', { ...film, error: 'transfer-cancelled-by-peer' }),
        fakeTransfer('delivered', { ...film, preview, to: ['delivered', 'delivered'] }),
      ],
    },
    { transfers: [fakeTransfer('delivered', { ...film, to: ['delivered'] })] },
  ];
  return Promise.all(
    states.map(async (state) => {
      const hub = place.appendChild(new FakeHub());
      hub.change({ state: 'connected', peers: [fakePeer(name)], ...state });
      const element = hub.appendChild(document.createElement('snap-sender'));
      await element.updateComplete;
      return element;
    }),
  );
}

/** What sticks out, at each width, with letters of the usual size and of twice that. */
function faults(place: HTMLElement, elements: readonly SnapSender[], lang: string): string[] {
  const found: string[] = [];
  for (const size of ['', '32px']) {
    place.style.setProperty('--snap-font-size', size);
    for (const width of WIDTHS) {
      place.style.width = `${width}px`;
      for (const [index, element] of elements.entries())
        for (const fault of stickingOut(element))
          found.push(`${lang}, ${width} px ${size}, ${index}: ${fault.slice(0, 80)}`);
      if (place.scrollWidth > width) found.push(`${lang}, ${width} px ${size}: ${place.scrollWidth} px wide`);
    }
  }
  return found;
}
