import type { LitElement, ReactiveController } from 'lit';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { checkFiles, useUntil } from '../../hub/file-life.js';
import { copyPicture, share, zip } from './sharing.js';

/** Runs a person's commands on the items of a trail, and keeps the results while they are shown. */
export class TrailCommands implements ReactiveController {
  readonly #host: LitElement;
  readonly #fail: (error: SnapError) => boolean;
  #copied: string | null = null;
  #archive: File | null = null;
  #failure: SnapError | null = null;

  /** `fail` dispatches an error and returns whether to show a message as well. */
  constructor(host: LitElement, fail: (error: SnapError) => boolean) {
    this.#host = host;
    this.#fail = fail;
    host.addController(this);
  }

  /** The id of the item copied last, until its tick has faded. */
  get copied(): string | null {
    return this.#copied;
  }

  /** The latest archive, until the items change. */
  get archive(): File | null {
    return this.#archive;
  }

  /** Why the last command failed. */
  get failure(): SnapError | null {
    return this.#failure;
  }

  hostDisconnected(): void {
    this.forget();
  }

  async share({ file }: SnapItem): Promise<void> {
    await this.#try('share-failed', () => share(file), [file]);
  }

  /** Resolves with whether the image was copied. */
  async copy(item: SnapItem): Promise<boolean> {
    const done = await this.#try('clipboard-failed', () => copyPicture(item.file), [item.file]);
    this.#copied = done ? item.id : null;
    this.#host.requestUpdate();
    return done;
  }

  copySeen(): void {
    this.#copied = null;
    this.#host.requestUpdate();
  }

  /** Packs the archive; resolves once it is rendered. */
  async pack(items: readonly SnapItem[], name: string): Promise<void> {
    const files = items.map(({ file }) => file);
    const make = async (): Promise<void> => void (this.#archive = await zip(files, name));
    await this.#try('source-unreadable', make, files);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }

  /** Drops the archive, as the items have changed. */
  forget(): void {
    this.#archive = null;
  }

  /** `files` must stay readable until the command has ended. */
  async #try(code: SnapErrorCode, run: () => Promise<void>, files: readonly File[]): Promise<boolean> {
    this.#failure = null;
    this.#host.requestUpdate();
    try {
      const done = run();
      for (const file of files) useUntil(file, done);
      await done;
      return true;
    } catch (thrown) {
      void checkFiles();
      const error = SnapError.from(thrown, code);
      if (this.#fail(error)) this.#failure = error;
      this.#host.requestUpdate();
      return false;
    }
  }
}
