/** Runs `step` at another time of day, in ms since the epoch. */
export async function atTime<T>(time: number, step: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => time;
  try {
    return await step();
  } finally {
    Date.now = now;
  }
}
