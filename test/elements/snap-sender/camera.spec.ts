import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import type { SnapSender } from '../../../src/elements/snap-sender/snap-sender.js';
import { SnapCaptureRequestEvent } from '../../../src/events.js';
import type { CaptureDevice } from '../../../src/hub/hub-element.js';
import { fakeCamera, fakeItem } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { asked, button, nameOf, page } from '../support/fixture.js';

type Facts = Parameters<typeof fakeCamera>[0];

const MARKUP = '<snap-connection><snap-sender></snap-sender></snap-connection>';

const said = (shadow: ShadowRoot): string => shadow.querySelector('[role=status]')!.textContent.trim();
const hint = (shadow: ShadowRoot): string | undefined =>
  shadow.querySelector('[part=hint]')?.textContent.trim();
const shown = (shadow: ShadowRoot): (string | undefined)[] =>
  [...shadow.querySelectorAll<HTMLElement>('[part=actions] button')]
    .filter((each) => each.checkVisibility())
    .map(nameOf);
/** The filled buttons: there is never more than one. */
const filled = (shadow: ShadowRoot): (string | undefined)[] =>
  [...shadow.querySelectorAll<HTMLElement>('.primary')].filter((each) => each.checkVisibility()).map(nameOf);

describe('<snap-sender> follows the camera of its hub', () => {
  let hub: FakeHub;
  let element: SnapSender;
  let shadow: ShadowRoot;

  beforeEach(async () => {
    ({ hub, element, shadow } = await page(MARKUP, 'snap-sender'));
  });

  async function camera(facts: Facts): Promise<CaptureDevice> {
    const device = fakeCamera(facts);
    hub.change({ camera: device });
    await element.updateComplete;
    return device;
  }

  const FILES = ['Choose files', 'Send'];
  for (const [facts, names] of [
    [{}, ['Snap & Send', 'Snap', ...FILES]],
    [{ phase: 'idle' }, ['Snap & Send', 'Snap', ...FILES]],
    [{ phase: 'asking' }, ['Snap & Send', 'Snap', ...FILES]],
    [{ mode: 'video' }, ['Record & Send', 'Record', ...FILES]],
    [{ mode: 'audio', phase: 'idle' }, ['Record & Send', 'Record', ...FILES]],
    [{ mode: 'video', recording: true }, ['Stop & Send', 'Stop', ...FILES]],
    [{ mode: 'audio', recording: true }, ['Stop & Send', 'Stop', ...FILES]],
    [{ phase: 'failed' }, FILES],
    [{ mode: 'audio', phase: 'failed' }, FILES],
  ] as const)
    it(`that is ${JSON.stringify(facts)}: ${names.join(', ')}`, async () => {
      await camera(facts);
      expect(shown(shadow)).to.deep.equal(names);
      // A camera that has failed shows its main way out itself.
      const [first] = names;
      expect(filled(shadow)).to.deep.equal(first === 'Choose files' ? [] : [first]);
      await expect(element).to.be.accessible();
      hub.change({ pending: [fakeItem(new File(['x'], 'x.txt'))] });
      await element.updateComplete;
      expect(filled(shadow)).to.deep.equal(['Send']);
    });

  for (const [mode, label, before, after] of [
    [
      'photo',
      'Snap & Send',
      'First the camera turns on. Then press again to take the photo.',
      'The camera is on. Press again to take the photo.',
    ],
    [
      'video',
      'Record',
      'First the camera turns on. Then press again to record.',
      'The camera is on. Press again to record.',
    ],
    [
      'audio',
      'Record',
      'First the microphone turns on. Then press again to record.',
      'The microphone is on. Press again to record.',
    ],
  ] as const)
    it(`whose first press turns it on in the mode ${mode}, and says to press again`, async () => {
      await camera({ mode, phase: 'idle' });
      button(shadow, label).click();
      await element.updateComplete;
      expect(await asked(hub, SnapCaptureRequestEvent)).to.have.length(1);
      expect([hint(shadow), said(shadow)]).to.deep.equal([before, before]);
      await camera({ mode, phase: 'asking' });
      expect(hint(shadow)).to.equal(before);
      await camera({ mode });
      expect([hint(shadow), said(shadow)]).to.deep.equal([after, after]);
      button(shadow, label).click();
      await element.updateComplete;
      expect(hint(shadow)).to.equal(undefined);
    });

  for (const phase of ['idle', 'failed'] as const)
    it(`and says no more of a first press once it is ${phase} again`, async () => {
      await camera({ phase: 'idle' });
      button(shadow, 'Snap').click();
      await camera({ phase: 'starting' });
      await camera({ phase });
      expect(hint(shadow)).to.equal(undefined);
      await camera({ phase: 'live' });
      expect(hint(shadow)).to.equal(undefined);
    });

  it('and says nothing of a first press that the page has cancelled, or of one while it is on', async () => {
    await camera({ phase: 'live' });
    button(shadow, 'Snap').click();
    await element.updateComplete;
    expect(hint(shadow)).to.equal(undefined);
    await camera({ phase: 'idle' });
    hub.addEventListener('snap-capture-request', (event) => event.preventDefault());
    button(shadow, 'Snap').click();
    await element.updateComplete;
    expect(hint(shadow)).to.equal(undefined);
  });

  it('and keeps the focus when the button that has it is hidden', async () => {
    await camera({ phase: 'idle' });
    button(shadow, 'Snap & Send').focus();
    await camera({ phase: 'failed' });
    expect(nameOf(shadow.activeElement)).to.equal('Choose files');
  });
});
