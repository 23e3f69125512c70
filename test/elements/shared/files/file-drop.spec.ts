import { expect, fixture } from '@open-wc/testing';
import '../../../../src/define/photo-trail.js';
import '../../../../src/define/snap-camera.js';
import '../../../../src/define/snap-invite.js';
import '../../../../src/define/snap-sender.js';
import type { SnapSender } from '../../../../src/elements/snap-sender/snap-sender.js';
import { MAX_FOLDER_FILES } from '../../../../src/elements/shared/files/chosen-files.js';
import { SnapChooseRequestEvent } from '../../../../src/events.js';
import type { FakeHub } from '../../../../demo/fake-hub.js';
import { asked } from '../../support/fixture.js';

/** The entries of a folder by name: a folder, a file, or something unreadable. */
interface Folder {
  readonly [name: string]: Folder | 'file' | 'unreadable';
}

/** A folder that cannot be read. */
const SHUT: Folder = { '': 'unreadable' };

const file = (name: string, type = 'text/plain'): File => new File([name], name, { type });

function entryOf(name: string, content: Folder | 'file' | 'unreadable'): FileSystemEntry {
  if (typeof content === 'string') {
    const read = (resolve: (read: File) => void, reject: (error: DOMException) => void): void =>
      content === 'file' ? resolve(file(name)) : reject(new DOMException('', 'NotReadableError'));
    return { name, isDirectory: false, isFile: true, file: read } as unknown as FileSystemEntry;
  }
  const createReader = (): Pick<FileSystemDirectoryReader, 'readEntries'> => {
    const left = Object.entries(content).map((each) => entryOf(...each));
    return {
      // A hundred at a time, as in Chromium; in reverse, as no browser promises an order.
      readEntries: (resolve, reject) => {
        if (content === SHUT) reject?.(new DOMException('', 'NotReadableError'));
        else resolve(left.splice(-100).reverse());
      },
    };
  };
  return { name, isDirectory: true, isFile: false, createReader } as unknown as FileSystemEntry;
}

/**
 * A `DataTransfer` with files, folders, and text of some types. Scripts cannot create folders, so
 * its items are faked.
 */
function carrying(
  parts: readonly (File | readonly [string, Folder])[],
  text: Record<string, string> = {},
): DataTransfer {
  const items = parts.map((part) => ({
    kind: 'file',
    type: '',
    getAsFile: () => (part instanceof File ? part : new File([], 'not a file')),
    webkitGetAsEntry: () => (part instanceof File ? null : entryOf(...part)),
  }));
  const strings = Object.keys(text).map((type) => ({
    kind: 'string',
    type,
    getAsFile: () => null,
    webkitGetAsEntry: () => null,
  }));
  const data = new DataTransfer();
  const types = [...Object.keys(text), ...(parts.length > 0 || 'Files' in text ? ['Files'] : [])];
  Object.defineProperty(data, 'items', { value: [...strings, ...items] });
  Object.defineProperty(data, 'types', { value: types });
  // In a synthetic drag, `dropEffect` cannot be set.
  Object.defineProperty(data, 'dropEffect', { value: 'move', writable: true });
  return data;
}

const drag = (type: string, dataTransfer: DataTransfer): DragEvent =>
  new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true });

interface Page {
  readonly root: HTMLElement;
  readonly hub: FakeHub;
  readonly sender: SnapSender;
}

async function open(attributes = '', beside = ''): Promise<Page> {
  const root = await fixture<HTMLElement>(
    `<div><snap-connection id="hub"><p id="inside">Text</p><snap-sender ${attributes}></snap-sender></snap-connection>${beside}</div>`,
  );
  return {
    root,
    hub: root.querySelector<FakeHub>('snap-connection')!,
    sender: root.querySelector('snap-sender')!,
  };
}

/** The names of the files that the sender has added. */
async function given(hub: FakeHub): Promise<string> {
  const requests = await asked(hub, SnapChooseRequestEvent);
  return requests.flatMap(({ files }) => files.map(({ name }) => name)).join(' ');
}

/** Waits until folders have been read; resolves with the messages shown. */
async function settled(sender: SnapSender): Promise<string> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  await sender.updateComplete;
  return sender.shadowRoot!.querySelector('[role=alert]')!.textContent.replace(/\s+/g, ' ').trim();
}

const many = (count: number): Folder =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index + 1}.jpg`, 'file'] as const));

const names = (count: number): string => Object.keys(many(count)).join(' ');

describe('files for <snap-sender>', () => {
  describe('dropped or pasted', () => {
    const nothing = 'Nothing was added: there are no files in it.';
    const table: [what: string, data: () => DataTransfer, files: string, words: string][] = [
      ['a file', () => carrying([file('a.txt')]), 'a.txt', ''],
      ['two files', () => carrying([file('b.txt'), file('a.txt')]), 'b.txt a.txt', ''],
      ['a folder', () => carrying([['d', { 'a.txt': 'file' }]]), 'a.txt', ''],
      ['a folder of many', () => carrying([['d', many(250)]]), names(250), ''],
      [
        'folders in a folder',
        () => carrying([['d', { z: 'file', a: { b: { c: 'file' }, y: 'file' } }]]),
        'c y z',
        '',
      ],
      ['a folder and a file', () => carrying([['d', { x: 'file' }], file('a.txt')]), 'x a.txt', ''],
      ['a file and a folder', () => carrying([file('a.txt'), ['d', { x: 'file' }]]), 'a.txt x', ''],
      ['an empty folder', () => carrying([['d', {}]]), '', nothing],
      ['an empty folder in a folder', () => carrying([['d', { e: {} }]]), '', nothing],
      ['an empty folder and a file', () => carrying([['d', {}], file('a.txt')]), 'a.txt', ''],
      [
        'a folder with what a system leaves there',
        () => carrying([['d', { '.DS_Store': 'file', 'Thumbs.db': 'file', a: 'file' }]]),
        'a',
        '',
      ],
      [
        'a folder with something unreadable',
        () => carrying([['d', { a: 'file', b: 'unreadable' }]]),
        'a',
        '1 file or folder could not be read and was not added.',
      ],
      [
        'a folder that cannot be opened',
        () => carrying([['d', SHUT]]),
        '',
        '1 file or folder could not be read and was not added.',
      ],
      [
        'one that can, and one that cannot',
        () =>
          carrying([
            ['d', SHUT],
            ['e', { a: 'file', f: SHUT }],
          ]),
        'a',
        '2 files or folders could not be read and were not added.',
      ],
      [
        'a folder of too many',
        () => carrying([['d', many(MAX_FOLDER_FILES + 1)]]),
        names(MAX_FOLDER_FILES),
        `Only the first ${MAX_FOLDER_FILES} files were added. Send them, then add the rest.`,
      ],
      [
        'as many files as are taken out of folders, and a folder',
        () =>
          carrying([...Object.keys(many(MAX_FOLDER_FILES)).map((name) => file(name)), ['d', { x: 'file' }]]),
        `${names(MAX_FOLDER_FILES)} x`,
        '',
      ],
      [
        'a folder of as many as may be',
        () => carrying([['d', many(MAX_FOLDER_FILES)]]),
        names(MAX_FOLDER_FILES),
        '',
      ],
      [
        'a picture of another window',
        () =>
          carrying([file('p.png', 'image/png')], {
            'text/uri-list': 'https://example.org/p.png',
            'text/html': '<img>',
          }),
        'p.png',
        '',
      ],
      [
        'the shortcut to a page',
        () => carrying([file('page.webloc', '')], { 'text/uri-list': 'https://example.org/' }),
        'page.webloc',
        '',
      ],
      ['files that are none', () => carrying([], { Files: '' }), '', nothing],
    ];
    for (const [what, data, files, words] of table) {
      it(`${what}: ${files.slice(0, 40) || 'none'}`, async () => {
        const { hub, sender } = await open();
        const over = drag('dragover', data());
        const drop = drag('drop', data());
        sender.dispatchEvent(over);
        sender.dispatchEvent(drop);
        expect([over.defaultPrevented, drop.defaultPrevented]).to.deep.equal([true, true]);
        expect(await settled(sender)).to.equal(words);
        expect(await given(hub)).to.equal(files);
        await expect(sender).to.be.accessible();
      });
      if (what === 'files that are none') continue;
      it(`${what}, pasted: ${files.slice(0, 40) || 'none'}`, async () => {
        const { hub, sender } = await open();
        const paste = new ClipboardEvent('paste', { clipboardData: data(), bubbles: true, cancelable: true });
        sender.dispatchEvent(paste);
        expect(paste.defaultPrevented).to.be.true;
        expect(await settled(sender)).to.equal(words);
        expect(await given(hub)).to.equal(files);
      });
    }

    for (const [what, data] of [
      ['text', () => carrying([], { 'text/plain': 'words' })],
      ['a link', () => carrying([], { 'text/uri-list': 'https://example.org/', 'text/plain': '' })],
      [
        'the address of another window',
        () => carrying([], { 'text/uri-list': 'https://example.org/', 'text/html': '' }),
      ],
    ] as const) {
      for (const where of ['snap-sender', '#inside', '#beside']) {
        it(`but not ${what}, on ${where}`, async () => {
          const { root, hub } = await open('', '<p id="beside">Text</p>');
          const events = [drag('dragover', data()), drag('drop', data())];
          for (const event of events) root.querySelector(where)!.dispatchEvent(event);
          expect(events.map(({ defaultPrevented }) => defaultPrevented)).to.deep.equal([false, false]);
          expect(await given(hub)).to.equal('');
        });
      }
    }

    it('are cut off at the limit, in a folder with more entries than are looked at', async () => {
      const { hub, sender } = await open();
      sender.dispatchEvent(drag('drop', carrying([['d', many(12_000)]])));
      expect(await settled(sender)).to.match(/^Only the first 1000 files were added/);
      expect((await given(hub)).split(' ')).to.have.length(MAX_FOLDER_FILES);
    });

    it('are ignored if the element has left the page meanwhile', async () => {
      const { hub, sender } = await open();
      sender.dispatchEvent(drag('drop', carrying([['d', { a: 'file' }]])));
      sender.remove();
      await new Promise((resolve) => setTimeout(resolve));
      expect(await given(hub)).to.equal('');
    });

    it('are added if the element was only moved meanwhile', async () => {
      const { root, hub, sender } = await open();
      sender.dispatchEvent(drag('drop', carrying([['d', { a: 'file' }]])));
      root.querySelector('#inside')!.append(sender);
      await settled(sender);
      expect(await given(hub)).to.equal('a');
    });

    it('are reported in Russian', async () => {
      const { sender } = await open('lang="ru"');
      sender.dispatchEvent(drag('drop', carrying([['d', { a: SHUT, b: 'unreadable' }]])));
      expect(await settled(sender)).to.equal('Не удалось прочитать и добавить: 2 файла или папки.');
      sender.dispatchEvent(drag('drop', carrying([['d', {}]])));
      expect(await settled(sender)).to.equal('Ничего не добавлено: файлов там нет.');
    });
  });

  describe('an image or link that is dragged within the page', () => {
    const picture = (): DataTransfer =>
      carrying([file('p.png', 'image/png')], { 'text/uri-list': 'blob:x', 'text/html': '<img>' });

    it('is not a file, wherever the drag starts, until that drag ends', async () => {
      for (const end of ['dragend', 'pointermove', 'pointerdown']) {
        const { root, hub, sender } = await open('', '<div id="other"></div>');
        const other = root.querySelector('#other')!;
        const inner = other.attachShadow({ mode: 'closed' }).appendChild(document.createElement('img'));
        inner.dispatchEvent(drag('dragstart', picture()));
        const events = [drag('dragover', picture()), drag('drop', picture())];
        for (const event of events) sender.dispatchEvent(event);
        expect(events.map(({ defaultPrevented }) => defaultPrevented)).to.deep.equal([false, false]);
        expect(sender.matches(':state(dragging)')).to.be.false;
        other.dispatchEvent(new Event(end, { bubbles: true, composed: true }));
        expect(await given(hub)).to.equal('');
        sender.dispatchEvent(drag('drop', picture()));
        expect(await given(hub)).to.equal('p.png');
      }
    });

    it('is a file if the page has cancelled the dragstart', async () => {
      const { root, hub, sender } = await open();
      const inside = root.querySelector('#inside')!;
      inside.addEventListener('dragstart', (event) => event.preventDefault());
      inside.dispatchEvent(drag('dragstart', picture()));
      sender.dispatchEvent(drag('drop', picture()));
      expect(await given(hub)).to.equal('p.png');
    });
  });

  describe('dropped outside the sender', () => {
    const BESIDE = `<p id="beside">Text</p><input id="file" type="file"><input id="shut" type="file" disabled><input id="text"><textarea></textarea>
      <div id="edit" contenteditable><b id="bold">x</b></div>
      <photo-trail id="trail" connection="hub"></photo-trail> <photo-trail id="stranger" connection=""></photo-trail>
      <div id="zone"></div>`;
    const INSIDE = '#inside';
    /** `taken`: by the sender. `kept`: the browser does not open it. `left`: nobody touches it. */
    const table: [where: string, drop: 'element' | 'page', outcome: 'taken' | 'kept' | 'left'][] = [
      [INSIDE, 'element', 'taken'],
      ['#hub', 'element', 'taken'],
      ['#trail', 'element', 'taken'],
      ['#stranger', 'element', 'kept'],
      ['#beside', 'element', 'kept'],
      ['#file', 'element', 'left'],
      ['#shut', 'element', 'left'],
      ['#text', 'element', 'kept'],
      ['textarea', 'element', 'kept'],
      ['#edit', 'element', 'kept'],
      ['#bold', 'element', 'kept'],
      [INSIDE, 'page', 'taken'],
      ['#stranger', 'page', 'taken'],
      ['#beside', 'page', 'taken'],
      ['#file', 'page', 'left'],
      ['#shut', 'page', 'left'],
      ['#text', 'page', 'taken'],
      ['#bold', 'page', 'taken'],
    ];
    for (const [where, drop, outcome] of table) {
      it(`with drop="${drop}", on ${where}: ${outcome}`, async () => {
        const { root, hub, sender } = await open(`drop="${drop}"`, BESIDE);
        const place = root.querySelector(where)!;
        const data = carrying([file('a.txt')]);
        const over = drag('dragover', data);
        place.dispatchEvent(over);
        await sender.updateComplete;
        expect(over.defaultPrevented).to.equal(outcome !== 'left');
        expect(data.dropEffect).to.equal({ taken: 'copy', kept: 'none', left: 'move' }[outcome]);
        expect(sender.matches(':state(dragging)')).to.equal(outcome === 'taken');
        const dropped = drag('drop', data);
        place.dispatchEvent(dropped);
        await sender.updateComplete;
        expect(dropped.defaultPrevented).to.equal(outcome !== 'left');
        expect(sender.matches(':state(dragging)')).to.be.false;
        expect(await given(hub)).to.equal(outcome === 'taken' ? 'a.txt' : '');
      });
    }

    it('are left to a file input in a shadow root', async () => {
      const { root, hub } = await open('drop="page"', BESIDE);
      const shadow = root.querySelector('#zone')!.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<input type="file">';
      const events = [drag('dragover', carrying([file('a.txt')])), drag('drop', carrying([file('a.txt')]))];
      for (const event of events) shadow.querySelector('input')!.dispatchEvent(event);
      expect(events.map(({ defaultPrevented }) => defaultPrevented)).to.deep.equal([false, false]);
      expect(await given(hub)).to.equal('');
    });

    it('are left to the page’s own drop zone, wherever it listens and however late it was added', async () => {
      const { root, hub } = await open('drop="page"', BESIDE);
      const zone = root.querySelector('#zone')!;
      for (const target of [zone, document, window]) {
        const handle = (event: Event): void => event.preventDefault();
        for (const type of ['dragover', 'drop']) target.addEventListener(type, handle);
        const over = drag('dragover', carrying([file('a.txt')]));
        zone.dispatchEvent(over);
        expect(over.dataTransfer!.dropEffect).to.equal('move');
        zone.dispatchEvent(drag('drop', carrying([file('a.txt')])));
        for (const type of ['dragover', 'drop']) target.removeEventListener(type, handle);
      }
      expect(await given(hub)).to.equal('');
    });

    it('are not highlighted over a drop zone that stops its events, nor after a drop there', async () => {
      const { root, sender } = await open('drop="page"', BESIDE);
      const beside = root.querySelector('#beside')!;
      const zone = root.querySelector('#zone')!;
      const own = (event: Event): void => {
        event.preventDefault();
        event.stopPropagation();
      };
      for (const type of ['dragover', 'drop']) zone.addEventListener(type, own);
      const isShown = async (): Promise<boolean> => {
        await sender.updateComplete;
        return sender.matches(':state(dragging)');
      };
      const data = carrying([file('a.txt')]);
      beside.dispatchEvent(drag('dragover', data));
      expect(await isShown()).to.be.true;
      zone.dispatchEvent(drag('dragover', data));
      zone.dispatchEvent(drag('dragover', data));
      expect(await isShown()).to.be.false;
      beside.dispatchEvent(drag('dragover', data));
      expect(await isShown()).to.be.true;
      zone.dispatchEvent(drag('drop', data));
      expect(await isShown()).to.be.false;
    });

    it('go to the sender they are dropped on, even if the page blocks drops everywhere', async () => {
      const { hub, sender } = await open();
      const refuse = (event: DragEvent): void => {
        if (!event.defaultPrevented) event.dataTransfer!.dropEffect = 'none';
        event.preventDefault();
      };
      document.addEventListener('dragover', refuse);
      document.addEventListener('drop', refuse);
      sender.dispatchEvent(drag('dragover', carrying([file('a.txt')])));
      await sender.updateComplete;
      expect(sender.matches(':state(dragging)')).to.be.true;
      sender.dispatchEvent(drag('drop', carrying([file('a.txt')])));
      document.removeEventListener('dragover', refuse);
      document.removeEventListener('drop', refuse);
      expect(await given(hub)).to.equal('a.txt');
    });

    it('go to the sender of the hub they are dropped in', async () => {
      const { root, hub } = await open();
      const other = await open();
      root.querySelector('#inside')!.dispatchEvent(drag('drop', carrying([file('a.txt')])));
      other.root.querySelector('#inside')!.dispatchEvent(drag('drop', carrying([file('b.txt')])));
      expect([await given(hub), await given(other.hub)]).to.deep.equal(['a.txt', 'b.txt']);
    });

    it('are left to the browser when no sender with a hub remains', async () => {
      const { root, sender } = await open('', '<p id="beside">Text</p>');
      const dropped = (): boolean => {
        const event = drag('drop', carrying([file('a.txt')]));
        root.querySelector('#beside')!.dispatchEvent(event);
        return event.defaultPrevented;
      };
      expect(dropped()).to.be.true;
      sender.connectionId = '';
      await sender.updateComplete;
      expect(dropped()).to.be.false;
      sender.connectionId = null;
      await sender.updateComplete;
      expect(dropped()).to.be.true;
      sender.remove();
      expect(dropped()).to.be.false;
    });
  });
});
