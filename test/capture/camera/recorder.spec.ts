import { expect, oneEvent } from '@open-wc/testing';
import { itemFromFile } from '../../../src/capture/item-from-file.js';
import { startRecording } from '../../../src/capture/camera/recorder.js';
import { withDuration } from '../../../src/capture/media/webm.js';
import { SnapError } from '../../../src/errors.js';
import type { SnapItem } from '../../../src/item.js';
import { film } from '../support/film.js';
import { FakeDevices } from '../../elements/support/fake-camera.js';

const UNLIMITED = { duration: 0, size: Infinity };

/** A `<video>` that plays a moving picture with sound. */
async function filmed(): Promise<{ readonly video: HTMLVideoElement; readonly stop: () => void }> {
  const { stream, stop } = await film();
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
  await video.play();
  return { video, stop };
}

/** Waits for `count` animation frames, so that time passes without a sleep. */
async function pictures(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise(requestAnimationFrame);
}

/**
 * A recording, and between what it must be long, in seconds: a busy machine begins later and ends
 * later than it is told.
 */
async function recordedFor(
  kind: 'video' | 'audio',
): Promise<{ item: SnapItem; atLeast: number; atMost: number }> {
  const { video, stop } = await filmed();
  if (kind === 'audio') video.srcObject = new MediaStream((video.srcObject as MediaStream).getAudioTracks());
  const asked = performance.now();
  const recording = startRecording(video, kind, UNLIMITED);
  await recording.started;
  const began = performance.now();
  await pictures(120);
  const atLeast = (performance.now() - began) / 1000;
  recording.stop();
  const item = await recording.finished;
  const atMost = (performance.now() - asked) / 1000;
  stop();
  return { item, atLeast, atMost };
}

describe('startRecording', () => {
  for (const kind of ['video', 'audio'] as const) {
    it(`makes ${kind} with a duration that can be seeked after it was received`, async () => {
      const { item, atLeast, atMost } = await recordedFor(kind);
      const arrived = await itemFromFile(new File([item.file], item.file.name, { type: item.file.type }), {
        arrived: true,
        preview: item.preview,
      });
      expect([arrived.kind, arrived.width, arrived.height]).to.deep.equal([kind, item.width, item.height]);
      expect(arrived.width).to.equal(kind === 'video' ? 320 : 0);

      const player = document.createElement(kind);
      player.src = URL.createObjectURL(arrived.file);
      await oneEvent(player, 'loadedmetadata');
      expect(player.duration).to.be.within(atLeast * 0.9, atMost * 1.1);
      expect(player.seekable.end(0)).to.equal(player.duration);
      player.currentTime = player.duration / 2;
      await oneEvent(player, 'seeked');
      expect(player.currentTime).to.be.closeTo(player.duration / 2, 0.1);
      URL.revokeObjectURL(player.src);
    });
  }

  it('leaves out what happens while it is paused', async () => {
    const { video, stop } = await filmed();
    const asked = performance.now();
    const recording = startRecording(video, 'video', UNLIMITED);
    await recording.started;
    await pictures(30);
    recording.pause();
    expect(recording.paused).to.be.true;
    // The event that stops the clock is a task of its own.
    await pictures(2);
    const before = recording.elapsed;
    const paused = performance.now();
    await pictures(180);
    const pause = performance.now() - paused;
    expect(recording.elapsed).to.equal(before);
    recording.resume();
    expect(recording.paused).to.be.false;
    await pictures(30);
    expect(recording.elapsed).to.be.above(before);
    recording.stop();
    const { file } = await recording.finished;
    const whole = performance.now() - asked;
    stop();
    const player = document.createElement('video');
    player.src = URL.createObjectURL(file);
    await oneEvent(player, 'loadedmetadata');
    expect(player.duration * 1000).to.be.below(whole - pause * 0.7);
    URL.revokeObjectURL(player.src);
  });

  it('counts only what it recorded towards its longest duration', async () => {
    const { video, stop } = await filmed();
    const recording = startRecording(video, 'video', { duration: 1, size: Infinity });
    await recording.started;
    recording.pause();
    await pictures(90);
    expect(recording.paused, 'after more than a second').to.be.true;
    recording.resume();
    await recording.finished;
    expect(recording.elapsed).to.be.within(900, 10_000);
    stop();
  });

  it('ends before it is larger than its size, and keeps what there is', async () => {
    const { video, stop } = await filmed();
    video.srcObject = new MediaStream((video.srcObject as MediaStream).getAudioTracks());
    // Some seconds of sound.
    const size = 60_000;
    const recording = startRecording(video, 'audio', { duration: 0, size });
    const { file } = await recording.finished;
    expect(file.size).to.be.within(1000, size);
    expect((await itemFromFile(file)).kind).to.equal('audio');
    expect(await recording.broken).to.be.null;
    stop();
  });

  it('does nothing when it is paused or resumed at the wrong time', async () => {
    const { video, stop } = await filmed();
    const recording = startRecording(video, 'video', UNLIMITED);
    recording.resume();
    await recording.started;
    recording.resume();
    recording.pause();
    recording.pause();
    recording.stop();
    await recording.finished;
    recording.pause();
    recording.resume();
    recording.stop();
    expect(recording.paused).to.be.false;
    stop();
  });

  it('keeps what was recorded before an error, and reports the error', async () => {
    const { video, stop } = await filmed();
    const recording = startRecording(video, 'video', UNLIMITED);
    await recording.started;
    await pictures(30);
    // A recorder fails when a track is added to its stream.
    const { stream, stop: stopOther } = await film();
    (video.srcObject as MediaStream).addTrack(stream.getVideoTracks()[0]!);
    const item = await recording.finished;
    expect((await recording.broken)?.code).to.equal('recording-failed');
    expect(item.kind).to.equal('video');
    expect(item.file.size).to.be.above(1000);
    expect((await itemFromFile(item.file)).kind).to.equal('video');
    stop();
    stopOther();
  });

  it('keeps what was recorded before the camera was unplugged', async () => {
    const { video, stop } = await filmed();
    const recording = startRecording(video, 'video', UNLIMITED);
    await recording.started;
    await pictures(30);
    for (const track of (video.srcObject as MediaStream).getTracks()) track.stop();
    expect((await recording.finished).file.size).to.be.above(1000);
    expect(await recording.broken).to.be.null;
    stop();
  });

  it('rejects if nothing was recorded', async () => {
    const devices = new FakeDevices();
    devices.replace(globalThis, 'MediaRecorder', FailingRecorder);
    try {
      const { video, stop } = await filmed();
      const recording = startRecording(video, 'video', UNLIMITED);
      recording.started.catch(() => undefined);
      const error: unknown = await recording.finished.catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(SnapError);
      expect((error as SnapError).code).to.equal('recording-failed');
      stop();
    } finally {
      devices.restore();
    }
  });
});

/** A recorder that fails at once. */
class FailingRecorder extends EventTarget {
  static isTypeSupported(): boolean {
    return true;
  }
  readonly mimeType = 'video/webm';
  state = 'inactive';
  start(): void {
    queueMicrotask(() => {
      this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new Event('stop'));
    });
  }
}

describe('withDuration', () => {
  it('returns unchanged what is not WebM, is truncated in its header, or already has cues', async () => {
    const whole = await (await fetch('/test/samples/vp8.webm')).blob();
    for (const blob of [new Blob(), new Blob(['hello']), whole.slice(0, 40), whole])
      expect(await withDuration(blob)).to.equal(blob);
  });

  it('leaves the clusters as they were recorded', async () => {
    const parts: Blob[] = [];
    const { stream, stop } = await film();
    const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' });
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = oneEvent(recorder, 'stop');
    recorder.start(100);
    await pictures(40);
    recorder.stop();
    await stopped;
    stop();
    const before = new Blob(parts);
    const after = await withDuration(before);
    expect(after).to.not.equal(before);
    expect(await clusters(after)).to.equal(await clusters(before));
    expect(await withDuration(after), 'a second time').to.equal(after);
    // A block that is cut is dropped.
    const cut = await withDuration(before.slice(0, before.size - 3));
    expect((await clusters(before)).startsWith(await clusters(cut))).to.be.true;
  });

  it('keeps nothing behind what it has dropped at the limit: a film with a hole in it plays nowhere', async () => {
    class FakeRecorder extends EventTarget {
      readonly mimeType = 'video/x-fake';
      state = 'recording';
      start(): void {
        queueMicrotask(() => this.dispatchEvent(new Event('start')));
      }
      stop(): void {
        this.state = 'inactive';
        this.gives(10);
        this.dispatchEvent(new Event('stop'));
      }
      gives(bytes: number): void {
        const data = new Blob([new Uint8Array(bytes)]);
        this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }));
      }
    }
    const recorder = new FakeRecorder();
    const devices = new FakeDevices();
    const construct = (): FakeRecorder => recorder;
    const Made = new Proxy(FakeRecorder, { construct });
    devices.replace(window, 'MediaRecorder', Object.assign(Made, { isTypeSupported: () => true }));
    const { video, stop } = await filmed();
    const recording = startRecording(video, 'video', { duration: 0, size: 100 });
    await recording.started;
    recorder.gives(30);
    recorder.gives(90);
    const { file } = await recording.finished;
    devices.restore();
    stop();
    expect(file.size).to.equal(30);
  });
});

/** The file from its first cluster on, as Latin-1. */
async function clusters(webm: Blob): Promise<string> {
  const text = new TextDecoder('latin1').decode(await webm.arrayBuffer());
  return text.slice(text.indexOf('\x1f\x43\xb6\x75'));
}
