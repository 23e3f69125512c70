/** Methods of an array that call back with its items, and those that look at all of them. */
const CALLING = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
];
const LOOKING = ['includes', 'indexOf', 'join', 'sort'];

type Method = (this: unknown[], ...given: unknown[]) => unknown;

/**
 * Counts how many items of lists are looked at while `act` runs: by loops, by copies, and by the
 * methods of arrays. What grows with the number of things that are there shows in it, whatever it
 * is that grows.
 */
export async function looks(act: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const undo: (() => void)[] = [];
  const replace = <Owner, Key extends keyof Owner>(owner: Owner, key: Key, value: Owner[Key]): void => {
    const before = owner[key];
    owner[key] = value;
    undo.push(() => (owner[key] = before));
  };
  for (const made of [[][Symbol.iterator](), new Map().values(), new Set().values()]) {
    const prototype = Object.getPrototypeOf(made) as { next: () => unknown };
    const { next } = prototype;
    replace(prototype, 'next', function (this: unknown) {
      count++;
      return next.call(this);
    });
  }
  const prototype = Array.prototype as unknown as Record<string, Method>;
  for (const name of CALLING) {
    const method = prototype[name]!;
    replace(prototype, name, function (step, ...rest) {
      const counted = function (this: unknown, ...given: unknown[]): unknown {
        count++;
        return (step as Method).apply(this as unknown[], given);
      };
      return method.call(this, counted, ...rest);
    });
  }
  for (const name of LOOKING) {
    const method = prototype[name]!;
    replace(prototype, name, function (...given) {
      count += this.length;
      return method.apply(this, given);
    });
  }
  const { slice } = prototype;
  replace(prototype, 'slice', function (...given) {
    const part = slice!.apply(this, given) as unknown[];
    count += part.length;
    return part;
  });
  try {
    await act();
  } finally {
    for (const each of undo) each();
  }
  return count;
}
