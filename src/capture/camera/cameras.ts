/** Which way a camera looks: towards the person, or away. */
export type Facing = 'user' | 'environment';

/** A camera that the person may choose. */
export interface CameraChoice {
  readonly deviceId: string;
  /**
   * The name of the device, as its maker and the browser spell it, without what only programs need.
   * Empty where the name would say no more than `facing` does, as for most phones. Choices of the
   * same name are numbered.
   */
  readonly label: string;
  /** Null where the camera does not tell. */
  readonly facing: Facing | null;
}

/**
 * The cameras of the device, programs that pretend to be a camera last. Empty until the page was
 * given permission: before that, browsers do not reveal the ids. A camera that is listed twice
 * appears once, under the id `open` if that is one of them.
 */
export async function listCameras(open: string | undefined): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const cameras = devices.filter(({ kind }) => kind === 'videoinput');
  return distinct(cameras, open).sort(
    (one, other) => Number(VIRTUAL.test(one.label)) - Number(VIRTUAL.test(other.label)),
  );
}

/** The same cameras, as they are presented to people. */
export function choicesOf(cameras: readonly MediaDeviceInfo[]): readonly CameraChoice[] {
  const choices = cameras.map((camera) => ({
    deviceId: camera.deviceId,
    label: cleanLabel(camera.label),
    facing: facingOf(camera),
  }));
  return choices.map((choice) => ({ ...choice, label: numbered(choice, choices) }));
}

/**
 * Whether some camera may have this facing mode, as far as the browser reveals before opening it.
 * False if any camera reports no facing mode at all.
 */
export function mayFace(cameras: readonly MediaDeviceInfo[], facing: Facing): boolean {
  const told = cameras.map((each) => ('getCapabilities' in each ? facingsOf(each) : null));
  if (told.length === 0 || told.includes(null)) return true;
  return told.every((each) => each!.length > 0) && told.some((each) => each!.includes(facing));
}

/** Programs that pretend to be a camera. They show nothing useful unless they are running. */
const VIRTUAL = /\b(virtual|obs|snap camera|manycam|xsplit|mmhmm|droidcam|ndi)\b/i;

/**
 * A label as people know the device: without the vendor's and the product's number, which Chromium
 * adds to USB cameras, and empty if it only says which way the camera looks, as on Android.
 */
function cleanLabel(label: string): string {
  const name = label
    .replace(/\s*\([\w-]{4}:\w{4}\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return FACING_ONLY.test(name) ? '' : name;
}

/** `camera2 0, facing back` in Chromium, `Facing back:0` or `Back facing camera` in Firefox. */
const FACING_ONLY = /^(camera2? \d+, facing \w+|facing \w+:\d+|(front|back)( facing)? camera)$/i;

/** By what the device reports, or else by its label, which is in English on Android. */
function facingOf(camera: MediaDeviceInfo): Facing | null {
  const [reported] = 'getCapabilities' in camera ? facingsOf(camera) : [];
  if (isFacing(reported)) return reported;
  if (/\bfacing front\b|\bfront (facing )?camera\b/i.test(camera.label)) return 'user';
  if (/\bfacing back\b|\bback (facing )?camera\b/i.test(camera.label)) return 'environment';
  return null;
}

export function isFacing(facing: string | undefined): facing is Facing {
  return facing === 'user' || facing === 'environment';
}

/** The facing modes that a camera may have; empty if it reports none. */
function facingsOf(camera: MediaDeviceInfo): readonly string[] {
  return (camera as InputDeviceInfo).getCapabilities().facingMode ?? [];
}

/** The label, with a number if several choices would be called the same. */
function numbered(choice: CameraChoice, choices: readonly CameraChoice[]): string {
  const alike = choices.filter(({ label }) => label === choice.label);
  return choice.label === '' || alike.length === 1
    ? choice.label
    : `${choice.label} ${alike.findIndex(({ deviceId }) => deviceId === choice.deviceId) + 1}`;
}

/**
 * Removes cameras without an id, which cannot be requested, and duplicates, since one camera may be
 * listed under several ids. Of duplicates, prefers `open`.
 */
function distinct(cameras: readonly MediaDeviceInfo[], open: string | undefined): MediaDeviceInfo[] {
  const known = cameras.filter(({ deviceId }) => deviceId !== '');
  const same = (one: MediaDeviceInfo, other: MediaDeviceInfo): boolean =>
    one.deviceId === other.deviceId ||
    (one.label !== '' && one.groupId !== '' && one.label === other.label && one.groupId === other.groupId);
  return known.filter((each, index) => {
    const others = known.filter((other) => same(each, other));
    const chosen = others.find(({ deviceId }) => deviceId === open) ?? others[0];
    return chosen === undefined || known.indexOf(chosen) === index;
  });
}
