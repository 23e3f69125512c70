import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { drawScaled, fit } from '../image/canvas.js';
import { capturedFile, makeItem } from '../make-item.js';
import { previewOf } from '../image/preview.js';
import { withDuration } from '../media/webm.js';

/** Formats to record in, best first. MP4 plays everywhere, including after a download. */
const TYPES = {
  video: [
    'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
    'video/webm;codecs=vp9,opus',
    'video/webm;codecs=vp8,opus',
  ],
  audio: ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus'],
} as const;

/** In ms: at most this much is lost if the page is closed while recording. */
const SLICE = 1000;

/** In ms: how long to wait for a failed recorder to deliver its last data. */
const LAST_WORDS = 2000;

/** A video or a sound that is being recorded. */
export interface Recording {
  /** Resolves when recording has started, a few hundred ms after the call. */
  readonly started: Promise<unknown>;
  /**
   * Resolves with everything that was recorded, whatever ended the recording. Rejects with
   * `recording-failed` if nothing was recorded.
   */
  readonly finished: Promise<SnapItem>;
  /** Resolves before `finished`, with the error that ended the recording early, or with null. */
  readonly broken: Promise<SnapError | null>;
  /** Stops the recording; if it has not started yet, as soon as it has. */
  stop(): void;
}

/**
 * Records the stream of `video`, or with `audio` only its sound, until `stop()` is called,
 * `maxDuration` seconds have passed (0: no limit), or the stream ends. Throws `recording-failed` if
 * the browser cannot record.
 */
export function startRecording(
  video: HTMLVideoElement,
  kind: 'video' | 'audio',
  maxDuration: number,
): Recording {
  const takenAt = Date.now();
  const size = { width: video.videoWidth, height: video.videoHeight };
  const cover = kind === 'video' ? previewOf(drawScaled(video, fit(size, 640))) : null;
  const recorder = start(video.srcObject as MediaStream, kind);
  const begun = new Promise((resolve) => recorder.addEventListener('start', resolve, { once: true }));
  const over = recorded(recorder);
  const broken = over.then(
    ({ error }) => error,
    () => null,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A recorder that is stopped before its `start` event delivers no data.
  const stop = (): void => {
    void begun.then(() => recorder.state !== 'inactive' && recorder.stop());
  };
  const finish = async (): Promise<SnapItem> => {
    try {
      const { blob } = await over;
      const whole = blob.type.endsWith('/webm') ? await withDuration(blob) : blob;
      const file = capturedFile(whole, kind, takenAt);
      return makeItem(kind, file, { size, takenAt, preview: await cover });
    } finally {
      clearTimeout(timer);
    }
  };
  if (maxDuration > 0) void begun.then(() => (timer = setTimeout(stop, maxDuration * 1000)));
  return { started: Promise.race([begun, over]), finished: finish(), broken, stop };
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

/**
 * Collects the recording. Its type is the one that the recorder reports, without codecs, which file
 * systems and peers do not expect. Data that arrived before an `error` is kept: in Firefox, a
 * change of the picture's size ends a recording with an error.
 */
function recorded(recorder: MediaRecorder): Promise<{ blob: Blob; error: SnapError | null }> {
  const parts: Blob[] = [];
  return new Promise((resolve, reject) => {
    let error: SnapError | null = null;
    const end = (): void => {
      const type = recorder.mimeType.split(';', 1)[0]!;
      const blob = new Blob(parts, { type });
      if (blob.size > 0) resolve({ blob, error });
      else reject(error ?? new SnapError('recording-failed', { detail: 'nothing was recorded' }));
    };
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', end);
    recorder.addEventListener('error', (event) => {
      const { error: cause } = event as Event & { error?: unknown };
      error = new SnapError('recording-failed', { detail: 'the recorder gave up', cause });
      // According to the specification, the last data and `stop` follow on their own.
      if (recorder.state !== 'inactive') recorder.stop();
      setTimeout(end, LAST_WORDS);
    });
  });
}
