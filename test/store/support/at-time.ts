import { keptTime } from '../../../src/timing/kept-time.js';

/** Runs `step` at another time, in ms since the epoch, as if pages had seen it pass. */
export async function atTime<T>(time: number, step: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => time;
  keptTime.now = () => time;
  keptTime.save = () => undefined;
  try {
    return await step();
  } finally {
    Date.now = now;
    Reflect.deleteProperty(keptTime, 'now');
    Reflect.deleteProperty(keptTime, 'save');
  }
}
