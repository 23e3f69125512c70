import { expect } from '@open-wc/testing';
import { Emitter } from '../../src/hub/emitter.js';

class Door extends Emitter<{ opened: number; closed: null }> {
  open(at: number): void {
    this.emit('opened', at);
  }

  override off(): void {
    super.off();
  }
}

describe('an emitter', () => {
  let door: Door;
  let heard: string[];
  const { signal } = new AbortController();
  beforeEach(() => {
    door = new Door();
    heard = [];
  });

  it('calls the listeners of an event with its value, in the order in which they were added', () => {
    door.on('opened', (at) => heard.push(`first ${at}`), { signal });
    door.on('closed', () => heard.push('closed'), { signal });
    door.on('opened', (at) => heard.push(`second ${at}`), { signal });
    door.open(7);
    expect(heard).to.deep.equal(['first 7', 'second 7']);
  });

  it('calls no listener whose signal has aborted, before or after it was added', () => {
    const stop = new AbortController();
    door.on('opened', () => heard.push('stopped'), { signal: stop.signal });
    stop.abort();
    door.on('opened', () => heard.push('late'), { signal: stop.signal });
    door.open(1);
    expect(heard).to.deep.equal([]);
  });

  it('calls a listener that another one adds only from the next event on', () => {
    door.on('opened', () => door.on('opened', () => heard.push('added'), { signal }), { signal });
    door.open(1);
    expect(heard).to.deep.equal([]);
    door.open(2);
    expect(heard).to.deep.equal(['added']);
  });

  it('drops every listener at once', () => {
    door.on('opened', () => heard.push('opened'), { signal });
    door.off();
    door.open(1);
    expect(heard).to.deep.equal([]);
  });
});
