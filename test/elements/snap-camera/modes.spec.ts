import { elementUpdated, expect, html } from '@open-wc/testing';
import { modesOf } from '../../../src/elements/snap-camera/properties.js';
import { placed, words } from '../support/camera-page.js';

describe('the modes of <snap-camera>', () => {
  const table: [listed: string | null, current: 'photo' | 'video' | 'audio', modes: string[]][] = [
    [null, 'photo', ['photo']],
    ['', 'video', ['video']],
    ['photo video audio', 'photo', ['photo', 'video', 'audio']],
    ['video photo', 'photo', ['video', 'photo']],
    [' PHOTO  audio photo', 'audio', ['photo', 'audio']],
    ['photo film', 'photo', ['photo']],
    ['video audio', 'photo', ['photo', 'video', 'audio']],
  ];
  for (const [listed, current, modes] of table) {
    it(`are ${modes.join(', ')} for modes="${listed}" and mode="${current}"`, () => {
      expect(modesOf(listed, current)).to.deep.equal(modes);
    });
  }

  it('can be chosen before the camera is on, and pass the audit', async () => {
    const camera = await placed(html`<snap-camera modes="photo video audio"></snap-camera>`);
    const radios = [...camera.shadowRoot!.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map(({ value, checked }) => [value, checked])).to.deep.equal([
      ['photo', true],
      ['video', false],
      ['audio', false],
    ]);
    await expect(camera).to.be.accessible();
    radios[2]!.click();
    await elementUpdated(camera);
    expect(camera.mode).to.equal('audio');
    expect(words(camera)).to.contain('Turn on microphone');
  });

  it('are not offered where there is only one', async () => {
    const camera = await placed(html`<snap-camera modes="photo"></snap-camera>`);
    expect(camera.shadowRoot!.querySelector('.modes')).to.be.null;
  });

  it('are read from an array as well, which a framework may set', () => {
    expect(modesOf(String(['photo', 'video']), 'photo')).to.deep.equal(['photo', 'video']);
  });
});
