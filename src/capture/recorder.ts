import { SnapError } from '../errors.js';
import type { SnapItem } from '../snap-item.js';
import { drawn, fit } from './canvas.js';
import { capturedFile, makeItem } from './item.js';
import { previewOf } from './preview.js';

/** What to record in, best first: MP4 plays everywhere, also where it is only saved. */
const TYPES = {
  video: [
    'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
    'video/webm;codecs=vp9,opus',
    'video/webm;codecs=vp8,opus',
  ],
  audio: ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus'],
} as const;

/** In ms: how much is held back when the page goes away in the middle. */
const SLICE = 1000;

/** A clip or a sound while it is being recorded. */
export interface Recording {
  /** Resolves when the first of it has been recorded: some hundred ms after it was asked for. */
  readonly started: Promise<unknown>;
  /** Rejects with `recording-failed`. */
  readonly finished: Promise<SnapItem>;
  /** Ends it; before it has started, as soon as it has. */
  stop(): void;
}

/**
 * Records what `video` shows, or with `audio` what its stream sounds like, until `stop()`, `maxDuration` seconds (0: no limit) or the end of
 * the stream. Throws `recording-failed` where the browser cannot record.
 */
export function startRecording(
  video: HTMLVideoElement,
  kind: 'video' | 'audio',
  maxDuration: number,
): Recording {
  const takenAt = Date.now();
  const size = { width: video.videoWidth, height: video.videoHeight };
  const cover = kind === 'video' ? previewOf(drawn(video, fit(size, 640))) : null;
  const recorder = start(video.srcObject as MediaStream, kind);
  const begun = new Promise((resolve) => recorder.addEventListener('start', resolve, { once: true }));
  const over = recorded(recorder);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Stopped before it has begun, a recorder ends with nothing.
  const stop = (): void => {
    void begun.then(() => recorder.state !== 'inactive' && recorder.stop());
  };
  const finish = async (): Promise<SnapItem> => {
    try {
      const file = capturedFile(await over, kind, takenAt);
      return makeItem(kind, file, { size, takenAt, preview: await cover });
    } finally {
      clearTimeout(timer);
    }
  };
  if (maxDuration > 0) void begun.then(() => (timer = setTimeout(stop, maxDuration * 1000)));
  return { started: Promise.race([begun, over]), finished: finish(), stop };
}

function start(stream: MediaStream, kind: 'video' | 'audio'): MediaRecorder {
  try {
    const mimeType = TYPES[kind].find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    recorder.start(SLICE);
    return recorder;
  } catch (thrown) {
    throw SnapError.from(thrown, 'recording-failed');
  }
}

/** The whole, of the type that the recorder says it made, without its codecs: what a file system or a peer would take it for. */
function recorded(recorder: MediaRecorder): Promise<Blob> {
  const parts: Blob[] = [];
  return new Promise((resolve, reject) => {
    const fail = (detail: string): void => reject(new SnapError('recording-failed', { detail }));
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('error', () => fail('the recorder gave up'));
    recorder.addEventListener('stop', () => {
      const type = recorder.mimeType.split(';', 1)[0]!;
      const blob = new Blob(parts, { type });
      if (blob.size > 0) resolve(blob);
      else fail('nothing was recorded');
    });
  });
}
