/** Measures how loud a stream is. */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  /** Null if the stream has no sound, or the browser cannot measure it. */
  static of(stream: MediaStream): LevelMeter | null {
    if (stream.getAudioTracks().length === 0) return null;
    try {
      return new LevelMeter(stream);
    } catch {
      // Browsers limit the number of audio contexts. Without a meter one can still record.
      return null;
    }
  }

  private constructor(stream: MediaStream) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = this.#context.createMediaStreamSource(stream);
    // Not connected to the context's destination: people would hear themselves.
    this.#source.connect(this.#analyser);
    // Suspended if the page was not interacted with yet.
    void this.#context.resume().catch(() => undefined);
  }

  /**
   * From 0, silence, to 1, as loud as the microphone can tell; evenly for the ear, so that speech
   * moves in the middle. Read it when it is to be shown: it measures the 20 ms before.
   */
  get level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    const decibels = 10 * Math.log10(power);
    return Math.min(1, Math.max(0, 1 - decibels / SILENCE));
  }

  close(): void {
    this.#source.disconnect();
    void this.#context.close().catch(() => undefined);
  }
}

/** In decibels below the loudest: quieter than the noise of a quiet room. */
const SILENCE = -60;
