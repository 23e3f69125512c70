import { expect, fixture, html } from '@open-wc/testing';
import { SnapElement } from '../../../src/elements/shared/snap-element.js';

class LateProbe extends SnapElement {}
LateProbe.define('late-probe');

const linked = (probe: LateProbe): Promise<unknown> =>
  new Promise((resolve) => {
    const look = (): void =>
      probe.connection ? resolve(probe.connection) : void requestAnimationFrame(look);
    look();
  });

/** In a file of its own, so that nothing has defined the hub yet. */
describe('a hub that is defined after its elements', () => {
  it('is found by id, by nesting, and from a shadow root', async () => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <snap-connection id="hub" manual
          ><late-probe></late-probe>
          <p></p
        ></snap-connection>
        <late-probe connection="hub"></late-probe>
      </div>
    `);
    const inner = document.createElement('late-probe') as unknown as LateProbe;
    page.querySelector('p')!.attachShadow({ mode: 'open' }).append(inner);
    const probes = [...page.querySelectorAll<LateProbe>('late-probe'), inner];
    expect(probes.map(({ connection }) => connection)).to.deep.equal([null, null, null]);
    await import('../../../src/define/snap-connection.js');
    const hub = page.querySelector('snap-connection');
    expect(await Promise.all(probes.map(linked))).to.deep.equal([hub, hub, hub]);
  });
});
