import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import { MAX_FOLDER_FILES } from '../../../src/elements/shared/files/chosen-files.js';
import type { SnapSender } from '../../../src/elements/snap-sender/snap-sender.js';
import { SnapChooseRequestEvent } from '../../../src/events.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { asked, button, page } from '../support/fixture.js';

/** A file, as an input for folders gives it. Scripts cannot set its path. */
function inFolder(path: string, type = 'text/plain'): File {
  const file = new File(['x'], path.split('/').at(-1)!, { type });
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}

describe('files that are chosen in the browser’s own dialog', () => {
  let hub: FakeHub;
  let sender: SnapSender;
  let input: HTMLInputElement;
  /** Whether the dialog was for a folder, for each that was opened. */
  let opened: boolean[];

  beforeEach(async () => {
    const root = await page(
      '<snap-connection><snap-sender accept=".txt,.jpg"></snap-sender></snap-connection>',
      'snap-sender',
    );
    ({ hub, element: sender } = root);
    input = root.shadow.querySelector('input')!;
    opened = [];
    input.addEventListener('click', (event) => {
      event.preventDefault();
      opened.push(input.webkitdirectory);
    });
  });

  /** Has the person choose `files`; resolves with the messages shown. */
  async function choose(...files: File[]): Promise<string> {
    Object.defineProperty(input, 'files', { value: files, configurable: true });
    input.dispatchEvent(new Event('change'));
    await sender.updateComplete;
    return sender.shadowRoot!.querySelector('[role=alert]')!.textContent.replace(/\s+/g, ' ').trim();
  }

  async function given(): Promise<string> {
    const requests = await asked(hub, SnapChooseRequestEvent);
    return requests.flatMap(({ files }) => files.map(({ name }) => name)).join(' ');
  }

  it('are files or a folder, by the button', () => {
    button(sender.shadowRoot!, 'Choose files').click();
    button(sender.shadowRoot!, 'Choose a folder').click();
    button(sender.shadowRoot!, 'Choose files').click();
    expect(opened).to.deep.equal([false, true, false]);
    expect(input.multiple).to.be.true;
  });

  it('are all that are in the folder, in the order of their names, folder by folder', async () => {
    button(sender.shadowRoot!, 'Choose a folder').click();
    const paths = ['d/z.txt', 'd/10.txt', 'd/b/2.txt', 'd/2.txt', 'd/b/a/y.txt', 'd/.DS_Store', 'd/c.jpg'];
    expect(await choose(...paths.map((path) => inFolder(path)))).to.equal('');
    expect(await given()).to.equal('2.txt 10.txt 2.txt y.txt c.jpg z.txt');
  });

  it('are of the kinds in `accept`, and what is not is told', async () => {
    button(sender.shadowRoot!, 'Choose a folder').click();
    expect(await choose(inFolder('d/a.txt'), inFolder('d/b.pdf', 'application/pdf'))).to.contain(
      '1 file was not added',
    );
    expect(await given()).to.equal('a.txt');
  });

  it('are none in an empty folder, which is told', async () => {
    button(sender.shadowRoot!, 'Choose a folder').click();
    expect(await choose()).to.equal('Nothing was added: there are no files in it.');
    button(sender.shadowRoot!, 'Choose files').click();
    expect(await choose(new File(['x'], 'a.txt'))).to.equal('');
    expect(await given()).to.equal('a.txt');
  });

  it('are no more than a folder may add at once, which is told', async () => {
    button(sender.shadowRoot!, 'Choose a folder').click();
    const many = Array.from({ length: MAX_FOLDER_FILES + 1 }, (_, index) => inFolder(`d/${index}.txt`));
    expect(await choose(...many)).to.contain(`Only the first ${MAX_FOLDER_FILES} files`);
    expect((await given()).split(' ')).to.have.lengthOf(MAX_FOLDER_FILES);
  });
});
