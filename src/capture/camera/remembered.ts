import { listCameras } from './cameras.js';
import type { Facing } from './cameras.js';

/** A camera by its id, which some browsers change with every page, and by its label. */
export interface RememberedCamera {
  readonly deviceId: string;
  /** Empty where the browser gives none. */
  readonly label: string;
}

/**
 * Remembers which camera the person chose, for the pages of this origin on this device: one for
 * pages that ask for a camera facing the person, and one for pages that ask for the other side, so
 * that the webcam chosen for a portrait is not what a document is photographed with.
 */
export function rememberCamera(wanted: Facing, { deviceId, label }: RememberedCamera): void {
  try {
    localStorage.setItem(key(wanted), JSON.stringify({ deviceId, label }));
  } catch {
    // Storage is forbidden or full. The choice lasts as long as the page.
  }
}

/** The camera chosen earlier; undefined if there is none, or the browser keeps nothing. */
export function rememberedCamera(wanted: Facing): RememberedCamera | undefined {
  try {
    // Other scripts of this origin may have written something else there.
    const { deviceId, label } = JSON.parse(
      localStorage.getItem(key(wanted)) ?? '{}',
    ) as Partial<RememberedCamera>;
    return typeof deviceId === 'string' && typeof label === 'string' ? { deviceId, label } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The id that a remembered camera has now; undefined if it is not there, cannot be told from
 * another of the same name, or the browser does not reveal it. Rejects with the signal's reason
 * when that is aborted.
 */
export async function currentId(
  { deviceId, label }: RememberedCamera,
  signal: AbortSignal,
): Promise<string | undefined> {
  const cameras = await listCameras(undefined);
  signal.throwIfAborted();
  if (cameras.some((each) => each.deviceId === deviceId)) return deviceId;
  const named = label === '' ? [] : cameras.filter((each) => each.label === label);
  return named.length === 1 ? named[0]!.deviceId : undefined;
}

function key(wanted: Facing): string {
  return `snaptrail-camera-${wanted}`;
}
