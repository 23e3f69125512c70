import { expect } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import '../../../src/define/snap-camera.js';
import '../../../src/define/snap-invite.js';
import '../../../src/define/snap-sender.js';
import en from '../../../src/strings/en.js';
import { sizeIn } from '../../../src/strings/format.js';
import { registerTranslation } from '../../../src/strings/strings-controller.js';
import type { Strings } from '../../../src/strings/texts.js';
import { fakeItem, fakePeer, fakePhoto, fakeTransfer } from '../../../demo/fake-hub.js';
import { page } from '../support/fixture.js';

/** A translation that runs from right to left; for most of it, any word will do. */
const hebrew = Object.fromEntries(
  Object.entries(en).map(([key, value]) => [
    key,
    typeof value === 'function' ? (...values: unknown[]) => `מילה ${values.join(' מילה ')}.` : 'מילה.',
  ]),
) as unknown as Strings;
Object.assign(hebrew, { $code: 'yi', $name: 'A sample', $dir: 'rtl', size: sizeIn('he') });

const AT = new Date().setHours(6, 20, 0, 0);

/** Where `text` is drawn in `root`: its left edge. */
function left(root: Node, text: string): number {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent!.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    return range.getBoundingClientRect().left;
  }
  throw new Error(`no "${text}" in "${root.textContent}"`);
}

/** The words of a text, as they stand from left to right. */
function drawn(root: Node, ...words: string[]): string[] {
  return words
    .map((word) => ({ word, at: left(root, word) }))
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

async function trail(around: string): Promise<ShadowRoot> {
  const { hub, element, shadow } = await page(
    `<div ${around}><snap-connection><photo-trail></photo-trail></snap-connection></div>`,
    'photo-trail',
  );
  const pdf = new File(['x'.repeat(48_000)], 'report.pdf', { type: 'application/pdf' });
  hub.change({
    received: [await fakePhoto(1, { takenAt: AT, from: fakePeer('אנה') }), fakeItem(pdf, { takenAt: AT })],
  });
  await element.updateComplete;
  return shadow;
}

describe('in a right-to-left page', () => {
  before(() => registerTranslation(hebrew));

  for (const [lang, words] of [
    ['he', 'en'],
    ['ar', 'en'],
    ['en', 'en'],
    ['ru', 'ru'],
  ] as const)
    describe(`with lang="${lang}"`, () => {
      const around = `lang="${lang}" dir="rtl"`;
      const unit = words === 'ru' ? 'кБ' : 'kB';

      it('a size and a time are in the order of their language, aligned to the page', async () => {
        const shadow = await trail(around);
        const line = shadow.querySelectorAll<HTMLElement>('.details')[1]!;
        expect(drawn(line, '48', unit, '6:20')).to.deep.equal(['48', unit, '6:20']);
        expect(line.dir).to.equal('ltr');
        for (const text of shadow.querySelectorAll<HTMLElement>('.item .name, .item .details'))
          expect(getComputedStyle(text).textAlign, text.className).to.match(/^(right|-webkit-right)$/);
      });

      it('a sentence ends with its full stop, and has the lang of its language', async () => {
        const { element, shadow } = await page(
          `<div ${around}><snap-connection><snap-invite></snap-invite></snap-connection></div>`,
          'snap-invite',
        );
        await element.updateComplete;
        const hint = shadow.querySelector('[part=hint] span')!;
        expect([hint.getAttribute('lang'), hint.getAttribute('dir')]).to.deep.equal([words, 'ltr']);
        const text = hint.textContent.trim();
        const range = document.createRange();
        const node = hint.firstChild!.nextSibling ?? hint.firstChild!;
        const last = [...hint.childNodes].find((each) => each.textContent!.includes(text)) ?? node;
        const at = last.textContent!.indexOf(text) + text.length;
        range.setStart(last, at - 1);
        range.setEnd(last, at);
        const stop = range.getBoundingClientRect();
        range.setStart(last, at - 2);
        range.setEnd(last, at - 1);
        expect(stop.left).to.be.at.least(range.getBoundingClientRect().right - 1);
      });

      it('so do a position and a caption, and a name of the other direction stays whole', async () => {
        const shadow = await trail(around);
        shadow.querySelector<HTMLElement>('.thumb')!.click();
        await (shadow.host as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
        const position = shadow.querySelector('.position')!;
        const of = words === 'ru' ? 'из' : 'of';
        expect(position.querySelector('span')!.dir).to.equal('ltr');
        expect(left(position, of)).to.be.at.least(left(position, '1') - (words === 'ru' ? 1 : 0));
        expect(drawn(shadow.querySelector('.caption:not(.item *)')!, 'אנה', '6:20')).to.deep.equal([
          'אנה',
          '6:20',
        ]);
      });
    });

  it('a right-to-left translation runs right to left, with each size and time in one piece', async () => {
    const shadow = await trail('lang="yi" dir="rtl"');
    const line = shadow.querySelectorAll<HTMLElement>('.details')[1]!;
    expect(line.dir).to.equal('rtl');
    expect(drawn(line, '48', 'kB', '6:20')).to.deep.equal(['6:20', '48', 'kB']);
    const words = shadow.querySelector<HTMLElement>('.toolbar span')!;
    expect([words.lang, words.dir]).to.deep.equal(['yi', 'rtl']);
  });

  it('icons that point forwards are mirrored: the paper plane and the arrows of the viewer', async () => {
    for (const around of ['dir="rtl"', 'style="direction: rtl"', 'dir="ltr"']) {
      const shadow = await trail(around);
      shadow.querySelector<HTMLElement>('.thumb')!.click();
      await (shadow.host as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
      const sender = await page(
        `<div ${around}><snap-connection><snap-sender></snap-sender></snap-connection></div>`,
        'snap-sender',
      );
      const mirrored = around === 'dir="ltr"' ? 'none' : 'matrix(-1, 0, 0, 1, 0, 0)';
      for (const icon of [
        ...shadow.querySelectorAll('.step svg'),
        sender.shadow.querySelector('[part=send] svg')!,
      ])
        expect(getComputedStyle(icon).transform, around).to.equal(mirrored);
      expect(getComputedStyle(sender.shadow.querySelector('[part=snap] svg')!).transform).to.equal('none');
      shadow.querySelector('dialog')!.close();
    }
  });

  it('every text of every element has its language and direction', async () => {
    const transfers = [
      fakeTransfer('failed', { name: 'report.pdf', error: 'transfer-too-large' }),
      fakeTransfer('sending', { to: ['sending', 'delivered'] }),
      fakeTransfer('delivered', { to: ['delivered'] }),
    ];
    for (const tag of ['snap-camera', 'snap-sender', 'photo-trail', 'snap-invite'] as const) {
      const { hub, element, shadow } = await page(
        `<div lang="he" dir="rtl"><snap-connection><${tag}></${tag}></snap-connection></div>`,
        tag,
      );
      hub.change({ transfers, pending: [await fakePhoto(1)], received: [await fakePhoto(2)] });
      await element.updateComplete;
      const walker = document.createTreeWalker(shadow, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent!.trim();
        const { parentElement } = node;
        if (!/\p{L}/u.test(text) || parentElement!.closest('bdi, label, .extension')) continue;
        expect(parentElement!.closest('[dir]')?.getAttribute('dir'), `${tag}: ${text}`).to.match(
          /^(ltr|auto)$/,
        );
        expect(parentElement!.closest('[lang]')?.getAttribute('lang'), `${tag}: ${text}`).to.equal('en');
      }
    }
  });

  it('texts change when `lang` or `dir` changes on any ancestor', async () => {
    const shadow = await trail('class="around" lang="he" dir="rtl"');
    const element = shadow.host as HTMLElement & { updateComplete: Promise<unknown> };
    element.closest<HTMLElement>('.around')!.lang = 'ru';
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    await element.updateComplete;
    expect(shadow.querySelector<HTMLElement>('.toolbar span')!.lang).to.equal('ru');
  });
});
