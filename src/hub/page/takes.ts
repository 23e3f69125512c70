import type { Takes } from '../../transfer/outcome/messages.js';
import type { HubSettings } from '../settings.js';

/** An element that shows what has arrived, and says how many it takes. */
interface Taker {
  /** The most items; null for no limit. */
  readonly max: number | null;
  /** How many it has, including those that are arriving. */
  readonly held: number;
}

/**
 * What a page takes: by the settings of its hub, and by those of its elements that take the fewest
 * more.
 */
export function takesOf(
  settings: Pick<HubSettings, 'accept' | 'maxSize'>,
  elements: Iterable<object>,
): Takes {
  const limited = [...elements].filter((each): each is Taker & { max: number } => isLimited(each));
  limited.sort((one, other) => one.max - one.held - (other.max - other.held));
  const [fewest] = limited;
  return {
    accept: settings.accept === '*/*' ? '' : settings.accept,
    max: fewest?.max ?? null,
    // The number of what has no limit is nobody's business.
    count: fewest?.held ?? 0,
    maxSize: settings.maxSize,
  };
}

function isLimited(element: object): boolean {
  return 'held' in element && 'max' in element && element.max !== null;
}
