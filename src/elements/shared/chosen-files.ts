/** What was dropped or pasted. */
export interface ChosenFiles {
  /** In the order in which they were given; those in a folder by name. */
  readonly files: readonly File[];
  /** How many files and folders could not be read. */
  readonly unreadable: number;
  /** Whether there was more in the folders than is taken at once. */
  readonly more: boolean;
}

/**
 * As many files as are taken out of folders at once: more than a person means to send, less than a
 * home directory holds.
 */
export const MAX_FOLDER_FILES = 1000;
/** How many entries of folders are looked at: of empty folders there may be any number, too. */
const MAX_FOLDER_ENTRIES = 10_000;

/** Written into folders by file managers, without anybody knowing. */
const SYSTEM_FILES: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * What a drop or a paste has brought; a promise where there are folders to be read. It has to be
 * called while the event is on its way: afterwards, browsers tell nothing more.
 */
export function readDataTransfer(data: DataTransfer | null): ChosenFiles | Promise<ChosenFiles> {
  const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
  const given = items.map((item) => folderOf(item) ?? item.getAsFile()).filter((each) => each !== null);
  const files = given.filter((each) => each instanceof File);
  if (files.length === given.length) return { files, unreadable: 0, more: false };
  return new FolderReader().read(given);
}

/** Whether a drag carries files. What they are is not told before the drop. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function folderOf(item: DataTransferItem): FileSystemDirectoryEntry | null {
  const entry = item.webkitGetAsEntry();
  return entry?.isDirectory ? (entry as FileSystemDirectoryEntry) : null;
}

/** Reads folders, and what is in them, to the bottom. */
class FolderReader {
  readonly #files: File[] = [];
  #unreadable = 0;
  /** How many of the files were taken out of folders. */
  #taken = 0;
  /** How many entries of folders were looked at. */
  #seen = 0;

  async read(given: readonly (File | FileSystemDirectoryEntry)[]): Promise<ChosenFiles> {
    let more = false;
    for (const each of given) {
      // What was given by itself is not counted: nobody picks a thousand files one by one.
      if (each instanceof File) this.#files.push(each);
      else more = !(await this.#readFolder(each)) || more;
    }
    return { files: this.#files, unreadable: this.#unreadable, more };
  }

  /** False when there is more in it than is taken. */
  async #readFolder(folder: FileSystemDirectoryEntry): Promise<boolean> {
    const { entries, more } = await this.#entriesOf(folder);
    for (const entry of entries.sort(byName)) {
      if (this.#taken >= MAX_FOLDER_FILES) return false;
      if (entry.isDirectory) {
        if (!(await this.#readFolder(entry as FileSystemDirectoryEntry))) return false;
      } else if (!SYSTEM_FILES.has(entry.name)) await this.#readFile(entry as FileSystemFileEntry);
    }
    return !more;
  }

  async #readFile(entry: FileSystemFileEntry): Promise<void> {
    try {
      this.#files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
      this.#taken += 1;
    } catch {
      this.#unreadable += 1;
    }
  }

  /**
   * A reader gives a part at a time (a hundred, in Chromium), and nothing at the end. `more`: it
   * did not come to that.
   */
  async #entriesOf(folder: FileSystemDirectoryEntry): Promise<{ entries: FileSystemEntry[]; more: boolean }> {
    const reader = folder.createReader();
    const entries: FileSystemEntry[] = [];
    try {
      while (this.#seen <= MAX_FOLDER_ENTRIES) {
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
          reader.readEntries(resolve, reject),
        );
        if (part.length === 0) return { entries, more: false };
        entries.push(...part);
        this.#seen += part.length;
      }
      return { entries, more: true };
    } catch {
      this.#unreadable += 1;
      return { entries, more: false };
    }
  }
}

/** As file managers do it: `2.jpg` before `10.jpg`. */
const order = new Intl.Collator(undefined, { numeric: true });

function byName(one: FileSystemEntry, other: FileSystemEntry): number {
  return order.compare(one.name, other.name);
}
