import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { drawScaled, fit } from '../image/canvas.js';
import { capturedFile, makeItem } from '../make-item.js';
import { previewOf } from '../image/preview.js';
import { withDuration } from '../media/webm.js';

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

/** In ms: a recorder that has failed and says no more is not waited for any longer. */
const LAST_WORDS = 2000;

/** A clip or a sound while it is being recorded. */
export interface Recording {
  /** Resolves when the first of it has been recorded: some hundred ms after it was asked for. */
  readonly started: Promise<unknown>;
  /**
   * Resolves with all that was recorded, however it came to an end. Rejects with `recording-failed`
   * when that is nothing.
   */
  readonly finished: Promise<SnapItem>;
  /**
   * Resolves, before `finished` does, with what ended it before its time; with null when nothing
   * did.
   */
  readonly broken: Promise<SnapError | null>;
  /** Ends it; before it has started, as soon as it has. */
  stop(): void;
}

/**
 * Records what `video` shows, or with `audio` what its stream sounds like, until `stop()`,
 * `maxDuration` seconds (0: no limit) or the end of the stream. Throws `recording-failed` where the
 * browser cannot record.
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
  // Stopped before it has begun, a recorder ends with nothing.
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
 * All that there is once the recorder has ended, of the type that it says it made, without its
 * codecs: what a file system or a peer would take it for. What came before an `error` is kept: a
 * picture whose size changes ends a recording in Firefox.
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
      // By the specification the last data and `stop` follow by themselves.
      if (recorder.state !== 'inactive') recorder.stop();
      setTimeout(end, LAST_WORDS);
    });
  });
}
