import type { LitElement, ReactiveController } from 'lit';
import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { checkFiles, useUntil } from '../../hub/file-life.js';
import { copyPicture, share, zip } from './sharing.js';

/**
 * Carries out what a person asks of a trail's items, and remembers what came of it for as long as
 * it is shown.
 */
export class TrailCommands implements ReactiveController {
  readonly #host: LitElement;
  readonly #fail: (error: SnapError) => boolean;
  #copied: string | null = null;
  #archive: File | null = null;
  #failure: SnapError | null = null;

  /** `fail` announces an error, and returns whether it is to be said in words too. */
  constructor(host: LitElement, fail: (error: SnapError) => boolean) {
    this.#host = host;
    this.#fail = fail;
    host.addController(this);
  }

  /** The id of the item that was copied last, until its tick has been seen. */
  get copied(): string | null {
    return this.#copied;
  }

  /** The archive that was made last, until the items change. */
  get archive(): File | null {
    return this.#archive;
  }

  /** What went wrong with the last command. */
  get failure(): SnapError | null {
    return this.#failure;
  }

  hostDisconnected(): void {
    this.forget();
  }

  async share({ file }: SnapItem): Promise<void> {
    await this.#try('share-failed', () => share(file), [file]);
  }

  /** Resolves with whether the picture is on the clipboard. */
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

  /** Makes the archive; resolves once it has been rendered. */
  async pack(items: readonly SnapItem[], name: string): Promise<void> {
    const files = items.map(({ file }) => file);
    const make = async (): Promise<void> => void (this.#archive = await zip(files, name));
    await this.#try('source-unreadable', make, files);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }

  /** Lets go of the archive: the items are not what they were. */
  forget(): void {
    this.#archive = null;
  }

  /** `files`: what it needs for as long as it takes. */
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
