/** What was found out, in English words that `t()` knows. */
export interface Finding {
  readonly name: string;
  readonly works: 'yes' | 'partly' | 'no';
  readonly means: string;
}

/** What can be found out without asking the person for anything. */
export const CHECKS: readonly (() => Finding | Promise<Finding>)[] = [
  secure,
  permission,
  devices,
  canvas,
  recorder,
  rtc,
  storage,
];

function finding(name: string, works: Finding['works'], means: string): Finding {
  return { name, works, means };
}

function secure(): Finding {
  const name = 'Secure page';
  if (isSecureContext) return finding(name, 'yes', 'The browser trusts this address with a camera.');
  return finding(
    name,
    'no',
    'This address is plain HTTP, so the browser keeps its camera from it. The phone’s own camera app still works.',
  );
}

async function permission(): Promise<Finding> {
  const name = 'Permission for the camera';
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    if (state === 'granted') return finding(name, 'yes', 'You have allowed it on this site.');
    if (state === 'prompt')
      return finding(name, 'yes', 'The browser will ask you when the camera is turned on.');
    return finding(name, 'no', 'It is blocked for this site. Allow it in the settings of the site.');
  } catch {
    return finding(name, 'partly', 'This browser does not tell. It will ask when the camera is turned on.');
  }
}

async function devices(): Promise<Finding> {
  const name = 'Camera and microphone';
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (!mediaDevices)
    return finding(name, 'no', 'The browser offers none to this page. Choose photos as files.');
  const kinds = (await mediaDevices.enumerateDevices()).map(({ kind }) => kind);
  const [sees, hears] = [kinds.includes('videoinput'), kinds.includes('audioinput')];
  if (sees && hears) return finding(name, 'yes', 'There are both.');
  if (sees) return finding(name, 'partly', 'There is a camera, and no microphone: clips will have no sound.');
  if (hears)
    return finding(name, 'partly', 'There is a microphone, and no camera. Use your phone for photos.');
  return finding(name, 'no', 'There is neither. Use your phone for photos, or choose files.');
}

/** Some browsers falsify what a page reads from a canvas, to protect against fingerprinting. */
async function canvas(): Promise<Finding> {
  const name = 'Honest pixels';
  const board = document.createElement('canvas');
  board.width = board.height = 16;
  const context = board.getContext('2d')!;
  context.fillStyle = 'rgb(200 100 50)';
  context.fillRect(0, 0, 16, 16);
  const { data } = context.getImageData(0, 0, 16, 16);
  const honest = data.every((value, at) => value === [200, 100, 50, 255][at % 4]);
  const jpeg = await new Promise<Blob | null>((resolve) => board.toBlob(resolve, 'image/jpeg'));
  if (honest && jpeg) return finding(name, 'yes', 'A photo comes out as the camera saw it.');
  return finding(
    name,
    'no',
    'Privacy protection alters the photos that a page takes. Allow this site to read them, or choose files.',
  );
}

function recorder(): Finding {
  const name = 'Recording';
  const types = ['video/mp4', 'video/webm', 'audio/mp4', 'audio/webm'];
  const recorded =
    'MediaRecorder' in globalThis ? types.filter((type) => MediaRecorder.isTypeSupported(type)) : [];
  if (recorded.length === 0)
    return finding(name, 'no', 'It cannot record. Record with another app, and choose the file.');
  if (recorded.includes('video/mp4')) return finding(name, 'yes', 'It records MP4, which plays everywhere.');
  return finding(
    name,
    'partly',
    'It records WebM, which plays in all current browsers, and not in every app.',
  );
}

async function rtc(): Promise<Finding> {
  const name = 'Straight to other devices';
  const no = 'It is switched off or missing (WebRTC). Nothing can be sent from here.';
  try {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.onicecandidate = ({ candidate }) =>
      void other.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    other.onicecandidate = ({ candidate }) =>
      void one.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    const channel = one.createDataChannel('check');
    const opened = new Promise<boolean>((resolve) => {
      channel.onopen = () => resolve(true);
      setTimeout(() => resolve(false), 5_000);
    });
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription!);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription!);
    const works = await opened;
    one.close();
    other.close();
    if (works) return finding(name, 'yes', 'Two connections in this page have found each other.');
    return finding(
      name,
      'partly',
      'Two connections in this page have not found each other. A firewall may be in between.',
    );
  } catch {
    return finding(name, 'no', no);
  }
}

async function storage(): Promise<Finding> {
  const name = 'Memory for what is under way';
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < 1e9)
      return finding(name, 'partly', 'Less than 1 GB is free. Large files may not fit; photos do.');
    return finding(name, 'yes', 'What is being sent survives a reload.');
  } catch {
    return finding(name, 'partly', 'The page may store nothing. What is being sent is lost by a reload.');
  }
}

/** Turns the camera on for a moment: what only a live one tells. */
export async function withCamera(): Promise<Finding[]> {
  const name = 'The camera itself';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: true });
  } catch {
    return [finding(name, 'no', 'It did not start. It is blocked, taken by another program, or not there.')];
  }
  const [track] = stream.getVideoTracks();
  const taken = await photo(track!);
  for (const each of stream.getTracks()) each.stop();
  const still = 'Photos in full resolution';
  return [
    finding(name, 'yes', 'It started, and is off again.'),
    taken
      ? finding(still, 'yes', 'The camera takes real photos (takePhoto), larger than its film.')
      : finding(still, 'partly', 'Photos are taken from the film, in the film’s resolution.'),
    await permission(),
  ];
}

/** Not in TypeScript's types. Some drivers never answer. */
async function photo(track: MediaStreamTrack): Promise<boolean> {
  const { ImageCapture } = globalThis as unknown as {
    ImageCapture?: new (track: MediaStreamTrack) => { takePhoto(): Promise<Blob> };
  };
  if (!ImageCapture) return false;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 5_000));
  const blob = await Promise.race([new ImageCapture(track).takePhoto().catch(() => null), late]);
  return blob !== null && blob.size > 0;
}
