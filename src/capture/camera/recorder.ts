import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { drawScaled, fit } from '../image/canvas.js';
import { capturedFile, makeItem } from '../make-item.js';
import { previewOf } from '../image/preview.js';
import { withMp4Duration } from '../media/mp4.js';
import { withDuration } from '../media/webm.js';
import { Stopwatch } from './stopwatch.js';

/**
 * Formats to record in, best first. MP4 with H.264 and AAC plays everywhere, including after a
 * download; its profiles from what small devices play to what every device records.
 */
const TYPES = {
  video: [
    'video/mp4;codecs=avc1.4D0028,mp4a.40.2',
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
  /** In ms: how much was recorded so far, without the pauses. */
  readonly elapsed: number;
  readonly paused: boolean;
  /** Pauses or resumes; does nothing before the recording has started and after it has ended. */
  pause(): void;
  resume(): void;
  /** Stops the recording; if it has not started yet, as soon as it has. */
  stop(): void;
}

/** When a recording stops by itself. */
export interface RecordingLimits {
  /** In seconds, without the pauses; 0 for no limit. */
  readonly duration: number;
  /** In bytes: the recording ends before it is larger. */
  readonly size: number;
}

/**
 * Records the stream of `video`, or with `audio` only its sound, until `stop()` is called, a limit
 * is reached, or the stream ends. Throws `recording-failed` if the browser cannot record.
 */
export function startRecording(
  video: HTMLVideoElement,
  kind: 'video' | 'audio',
  limits: RecordingLimits,
): Recording {
  const takenAt = Date.now();
  const size = { width: video.videoWidth, height: video.videoHeight };
  const cover = kind === 'video' ? previewOf(drawScaled(video, fit(size, 640))) : null;
  const recorder = start(video.srcObject as MediaStream, kind);
  const begun = new Promise((resolve) => recorder.addEventListener('start', resolve, { once: true }));
  // A recorder that is stopped before its `start` event delivers no data.
  const stop = (): void => {
    void begun.then(() => recorder.state !== 'inactive' && recorder.stop());
  };
  const over = recorded(recorder, limits.size, stop);
  const broken = over.then(
    ({ error }) => error,
    () => null,
  );
  const watch = new Stopwatch(limits.duration > 0 ? limits.duration * 1000 : Infinity, stop);
  for (const event of ['start', 'resume']) recorder.addEventListener(event, () => watch.start());
  for (const event of ['pause', 'stop']) recorder.addEventListener(event, () => watch.stop());
  const finish = async (): Promise<SnapItem> => {
    try {
      const { blob } = await over;
      const file = capturedFile(await withLength(blob), kind, takenAt);
      return makeItem(kind, file, { size, takenAt, preview: await cover });
    } finally {
      watch.stop();
    }
  };
  return {
    started: Promise.race([begun, over]),
    finished: finish(),
    broken,
    get elapsed() {
      return watch.elapsed;
    },
    get paused() {
      return recorder.state === 'paused';
    },
    pause: () => recorder.state === 'recording' && recorder.pause(),
    resume: () => recorder.state === 'paused' && recorder.resume(),
    stop,
  };
}

/** Players show and seek what a recorder wrote only once its duration is in it. */
function withLength(blob: Blob): Promise<Blob> | Blob {
  if (blob.type.endsWith('/webm')) return withDuration(blob);
  return blob.type.endsWith('/mp4') ? withMp4Duration(blob) : blob;
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
 * change of the picture's size ends a recording with an error. Calls `stop` when another two slices
 * might exceed `maxSize` bytes: the last one comes after it.
 */
function recorded(
  recorder: MediaRecorder,
  maxSize: number,
  stop: () => void,
): Promise<{ blob: Blob; error: SnapError | null }> {
  const parts: Blob[] = [];
  let size = 0;
  let largest = 0;
  let full = false;
  const keep = ({ data }: BlobEvent): void => {
    // Whatever comes after the limit is dropped, however small: players and `withDuration` cope
    // with a cut end, but not with a hole.
    full ||= size + data.size > maxSize;
    if (full) return stop();
    parts.push(data);
    size += data.size;
    largest = Math.max(largest, data.size);
    if (size + 2 * largest > maxSize) stop();
  };
  return new Promise((resolve, reject) => {
    let error: SnapError | null = null;
    const end = (): void => {
      // On iOS, only the parts may have a type.
      const [type] = (recorder.mimeType || parts.find((part) => part.type)?.type || '').split(';', 1);
      const blob = new Blob(parts, { type: type! });
      if (blob.size > 0) resolve({ blob, error });
      else reject(error ?? new SnapError('recording-failed', { detail: 'nothing was recorded' }));
    };
    recorder.addEventListener('dataavailable', keep);
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
