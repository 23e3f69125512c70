import { expect } from '@open-wc/testing';
import { LevelMeter } from '../../../src/capture/camera/level.js';
import { stillCamera } from '../../elements/support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('the level of a stream', () => {
  /** A tone of this loudness, from 0 to 1. */
  async function tone(gain: number): Promise<{ stream: MediaStream; stop: () => Promise<void> }> {
    const context = new AudioContext();
    const oscillator = context.createOscillator();
    const volume = new GainNode(context, { gain });
    const out = context.createMediaStreamDestination();
    oscillator.connect(volume).connect(out);
    oscillator.start();
    await context.resume();
    return { stream: out.stream, stop: () => context.close() };
  }

  it('is higher for a louder sound, and never leaves 0 to 1', async () => {
    const settled: number[] = [];
    for (const gain of [0.003, 0.05, 1]) {
      const { stream, stop } = await tone(gain);
      const meter = LevelMeter.of(stream)!;
      await waitUntil(() => meter.level > 0.05, 'it hears the tone');
      // The loudest of some, as the first may be cut.
      let highest = 0;
      for (let count = 0; count < 20; count += 1) {
        await new Promise(requestAnimationFrame);
        highest = Math.max(highest, meter.level);
      }
      settled.push(highest);
      meter.close();
      await stop();
    }
    expect(settled[0]).to.be.below(settled[1]!);
    expect(settled[1]).to.be.below(settled[2]!);
    expect(settled[2]).to.be.within(0.8, 1);
  });

  it('is zero for silence', async () => {
    const { stream, stop } = await tone(0);
    const meter = LevelMeter.of(stream)!;
    await new Promise(requestAnimationFrame);
    expect(meter.level).to.equal(0);
    meter.close();
    await stop();
  });

  it('is not measured where there is no sound', () => {
    expect(LevelMeter.of(stillCamera())).to.be.null;
  });
});
